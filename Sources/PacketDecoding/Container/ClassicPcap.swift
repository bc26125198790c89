import Traffic

/// The format of libpcap (draft-ietf-opsawg-pcap).
///
/// ```
/// magic 4 | major 2 | minor 2 | reserved 8 | snapshot length 4 | link type 4
/// seconds 4 | fraction 4 | captured length 4 | original length 4 | octets, for each packet
/// ```
struct ClassicPcap: Sendable {
    struct Variant: Sendable {
        var isLittleEndian: Bool
        var isNanoseconds: Bool
        /// Octets of the header of a packet.
        var header: Int

        /// The first four octets, read big-endian.
        init?(magic: UInt32) {
            switch magic {
            case 0xA1B2_C3D4: self.init(false, false, 16)
            case 0xD4C3_B2A1: self.init(true, false, 16)
            case 0xA1B2_3C4D: self.init(false, true, 16)
            case 0x4D3C_B2A1: self.init(true, true, 16)
            // Alexey Kuznetzov's patched libpcap: interface 4, protocol 2, packet type 1, padding 1.
            case 0xA1B2_CD34: self.init(false, false, 24)
            case 0x34CD_B2A1: self.init(true, false, 24)
            default: return nil
            }
        }

        private init(_ isLittleEndian: Bool, _ isNanoseconds: Bool, _ header: Int) {
            self.isLittleEndian = isLittleEndian
            self.isNanoseconds = isNanoseconds
            self.header = header
        }
    }

    /// libpcap's own limit for what it writes; larger values are damage.
    static let maximumLength = 1 << 20

    let variant: Variant
    let link: LinkType
    /// Octets of the frame check sequence at the end of each frame.
    let frameCheck: Int

    init(_ variant: Variant, header: RawSpan) {
        self.variant = variant
        let field = Self.integer(header, 20, variant)
        self.link = LinkType(rawValue: field & 0x03FF_FFFF)
        self.frameCheck = field & 0x0400_0000 != 0 ? Int(field >> 28) * 2 : 0
    }

    private static func integer(_ octets: RawSpan, _ offset: Int, _ variant: Variant) -> UInt32 {
        variant.isLittleEndian ? octets.little32(offset) : octets.big32(offset)
    }

    func next(in window: RawSpan, at offset: UInt64) throws(CaptureError) -> (step: CaptureStep, consumed: Int) {
        guard window.byteCount > 0 else { return (.needsMore(0), 0) }
        let header = self.variant.header
        guard window.byteCount >= header else { return (.needsMore(header), 0) }
        let captured = Self.integer(window, 8, self.variant)
        let original = Self.integer(window, 12, self.variant)
        guard captured <= Self.maximumLength else {
            throw CaptureError(
                .badLength(record: "a packet", value: UInt64(captured), limit: UInt64(Self.maximumLength)),
                at: offset
            )
        }
        let end = header + Int(captured)
        guard window.byteCount >= end else { return (.needsMore(end), 0) }
        let fraction = Int64(Self.integer(window, 4, self.variant))
        let record = PacketRecord(
            link: self.link,
            time: Timestamp(
                seconds: Int64(Self.integer(window, 0, self.variant)),
                nanoseconds: self.variant.isNanoseconds ? fraction : fraction * 1000
            ),
            octets: header..<max(header, end - self.frameCheck),
            // A record that claims less than it holds is damaged in this field only.
            originalLength: max(0, Int(max(original, captured)) - self.frameCheck)
        )
        return (.packet(record), end)
    }
}
