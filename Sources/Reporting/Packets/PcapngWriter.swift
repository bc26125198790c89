import Traffic

/// Blocks of a pcapng file (draft-ietf-opsawg-pcapng), in little-endian order.
///
///      0                   1                   2                   3
///     +---------------------------------------------------------------+
///     |                          Block Type                           |
///     +---------------------------------------------------------------+
///     |                      Block Total Length                       |
///     +---------------------------------------------------------------+
///     |                  Block Body, padded to 32 bits                |
///     +---------------------------------------------------------------+
///     |                      Block Total Length                       |
///     +---------------------------------------------------------------+
struct PcapngWriter {
    /// Options by their codes (sections 3.5, 4.1 and 4.2).
    enum Option: UInt16 {
        case end = 0
        case comment = 1
        /// `shb_userappl` of a section, `if_description` of an interface: the codes are counted for each block type.
        case description = 3
        case userApplication = 4
        case timestampResolution = 9

        /// `if_name`
        static let interfaceName: UInt16 = 2
    }

    /// Packets begin with their IP header (LINKTYPE_RAW).
    private static let rawLink: UInt16 = 101

    var output: ChunkedOutput
    private var body = ByteWriter()

    init(_ output: any TranscriptOutput) {
        self.output = ChunkedOutput(output)
    }

    /// The section and its one interface, with stamps in nanoseconds.
    mutating func begin(application: String, comment: String) {
        self.block(0x0A0D_0D0A) { body in
            body.append(little: UInt32(0x1A2B_3C4D))
            body.append(little: UInt16(1))
            body.append(little: UInt16(0))
            // The length of the section is not known.
            body.append(little: UInt64.max)
            body.append(option: Option.comment.rawValue, comment)
            body.append(option: Option.userApplication.rawValue, application)
            body.append(little: UInt32(0))
        }
        self.block(1) { body in
            body.append(little: Self.rawLink)
            body.append(little: UInt16(0))
            // No limit to what is kept of a packet.
            body.append(little: UInt32(0))
            body.append(option: Option.interfaceName, "imapscope")
            body.append(option: Option.description.rawValue, "decrypted streams, their TCP segments made anew")
            body.append(little: Option.timestampResolution.rawValue)
            body.append(little: UInt16(1))
            body.append(little: UInt32(9))
            body.append(little: UInt32(0))
        }
    }

    /// An address and the name that stands for it in the sessions (section 4.5).
    mutating func name(_ address: NetworkAddress, _ name: String) {
        self.block(4) { body in
            let octets = Array(name.utf8.prefix(1024).filter { $0 > 0x20 && $0 < 0x7F })
            body.append(little: UInt16(address.isIPv6 ? 2 : 1))
            body.append(little: UInt16(address.octets.count + octets.count + 1))
            for octet in address.octets { body.append(octet) }
            for octet in octets { body.append(octet) }
            body.append(UInt8(0))
            body.pad()
            body.append(little: UInt32(0))
        }
    }

    /// A packet (section 4.3).
    mutating func packet(at time: Timestamp, comments: [String], header: ByteWriter, payload: RawSpan) {
        self.block(6) { body in
            let stamp = UInt64(bitPattern: time.nanoseconds)
            let length = UInt32(header.count + payload.byteCount)
            body.append(little: UInt32(0))
            body.append(little: UInt32(truncatingIfNeeded: stamp >> 32))
            body.append(little: UInt32(truncatingIfNeeded: stamp))
            body.append(little: length)
            body.append(little: length)
            header.withBytes { body.append($0) }
            body.append(payload)
            body.pad()
            guard !comments.isEmpty else { return }
            for comment in comments { body.append(option: Option.comment.rawValue, comment) }
            body.append(little: UInt32(0))
        }
    }

    private mutating func block(_ type: UInt32, _ write: (inout ByteWriter) -> Void) {
        self.body.removeAll()
        write(&self.body)
        let length = UInt32(self.body.count + 12)
        self.output.writer.append(little: type)
        self.output.writer.append(little: length)
        self.body.withBytes { self.output.writer.append($0) }
        self.output.writer.append(little: length)
        // A block is never cut: who reads the file while it grows finds whole ones.
        self.output.lineEnded()
    }

    mutating func flush() { self.output.flush() }
}

extension ByteWriter {
    mutating func append(little number: some FixedWidthInteger & UnsignedInteger) {
        var rest = number
        for _ in 0..<(type(of: number).bitWidth / 8) {
            self.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    mutating func append(big number: some FixedWidthInteger & UnsignedInteger) {
        let octets = type(of: number).bitWidth / 8
        for index in 0..<octets { self.append(UInt8(truncatingIfNeeded: number >> ((octets - 1 - index) * 8))) }
    }

    /// Zeros up to a multiple of four octets.
    fileprivate mutating func pad() {
        self.append(0, times: (4 - self.count % 4) % 4)
    }

    /// A text with what could harm a terminal or hide made visible; longer ones are cut between characters.
    fileprivate mutating func append(option code: UInt16, _ text: String) {
        var safe = ByteWriter(capacity: text.utf8.count + 16)
        safe.append(text, escaped: .terminal)
        safe.withBytes { octets in
            var length = min(octets.byteCount, 32_000)
            if length < octets.byteCount {
                while length > 0, octets[length] & 0xC0 == 0x80 { length -= 1 }
            }
            self.append(little: code)
            self.append(little: UInt16(length))
            self.append(octets.extracting(0..<length))
            self.pad()
        }
    }
}
