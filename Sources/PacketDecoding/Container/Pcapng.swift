import Traffic

/// The format of Wireshark (draft-ietf-opsawg-pcapng): blocks of `type 4 | length 4 | body | length 4`.
struct Pcapng: Sendable {
    static let sectionHeader: UInt32 = 0x0A0D_0D0A

    /// Larger blocks are damage: no packet and no key log is that long.
    static let maximumLength: UInt32 = 16 << 20

    private struct Interface: Sendable {
        var link: LinkType
        /// Simple packet blocks hold this many octets of a packet at most; 0: all.
        var snapshotLength: Int
        var resolution = TimeResolution.microseconds
        /// Seconds to add to each time stamp.
        var offset: Int64 = 0
        var frameCheck = 0
    }

    private var isLittleEndian = true
    private var interfaces: [Interface] = []
    /// Interfaces of the sections before this one.
    private var interfacesBefore = 0
    private var hasSection = false

    // MARK: - Blocks

    mutating func next(in window: RawSpan, at offset: UInt64) throws(CaptureError) -> (step: CaptureStep, consumed: Int)
    {
        guard window.byteCount > 0 else { return (.needsMore(0), 0) }
        guard window.byteCount >= 12 else { return (.needsMore(12), 0) }
        if window.big32(0) == Self.sectionHeader { try self.beginSection(window, at: offset) }
        let type = self.integer32(window, 0)
        let length = self.integer32(window, 4)
        guard length >= 12, length <= Self.maximumLength, length % 4 == 0 else {
            throw CaptureError(
                .badLength(record: "a block", value: UInt64(length), limit: UInt64(Self.maximumLength)),
                at: offset
            )
        }
        guard window.byteCount >= Int(length) else { return (.needsMore(Int(length)), 0) }
        let repeated = self.integer32(window, Int(length) - 4)
        guard repeated == length else {
            throw CaptureError(.lengthsDiffer(before: length, after: repeated), at: offset)
        }
        let step = try self.block(type, 8..<(Int(length) - 4), window, at: offset)
        return (step, Int(length))
    }

    private mutating func block(
        _ type: UInt32,
        _ body: Range<Int>,
        _ window: RawSpan,
        at offset: UInt64
    ) throws(CaptureError) -> CaptureStep {
        switch type {
        case 1: return try self.describeInterface(body, window, at: offset)
        case 2: return try self.packet(body, window, at: offset, isObsolete: true)
        case 3: return try self.simplePacket(body, window, at: offset)
        case 6: return try self.packet(body, window, at: offset, isObsolete: false)
        case 10:
            guard body.count >= 8 else { throw Self.short("a secrets block", body, 8, offset) }
            let length = Int(self.integer32(window, body.lowerBound + 4))
            guard length <= body.count - 8 else { throw Self.short("a secrets block", body, length + 8, offset) }
            let start = body.lowerBound + 8
            return .secrets(type: self.integer32(window, body.lowerBound), start..<(start + length))
        // Names, statistics, journal entries, custom and unknown blocks.
        default: return .other
        }
    }

    /// A section may have another byte order than the one before it, and numbers its interfaces from 0.
    private mutating func beginSection(_ window: RawSpan, at offset: UInt64) throws(CaptureError) {
        let mark = window.big32(8)
        switch mark {
        case 0x1A2B_3C4D: self.isLittleEndian = false
        case 0x4D3C_2B1A: self.isLittleEndian = true
        default: throw CaptureError(.badByteOrder(mark), at: offset)
        }
        self.interfacesBefore += self.interfaces.count
        self.interfaces = []
        self.hasSection = true
        guard window.byteCount >= 16 else { return }
        let major = self.integer16(window, 12)
        guard major == 1 else { throw CaptureError(.unknownVersion(Int(major)), at: offset) }
    }

    // MARK: - Interfaces

    /// Link type 2, reserved 2, snapshot length 4, options.
    private mutating func describeInterface(
        _ body: Range<Int>,
        _ window: RawSpan,
        at offset: UInt64
    ) throws(CaptureError) -> CaptureStep {
        guard body.count >= 8 else { throw Self.short("an interface", body, 8, offset) }
        var interface = Interface(
            link: LinkType(rawValue: UInt32(self.integer16(window, body.lowerBound))),
            snapshotLength: Int(self.integer32(window, body.lowerBound + 4))
        )
        self.forEachOption((body.lowerBound + 8)..<body.upperBound, window) { code, value in
            switch code {
            case 9 where value.count >= 1: interface.resolution = TimeResolution(window[value.lowerBound])
            case 14 where value.count >= 8:
                interface.offset = Int64(bitPattern: self.integer64(window, value.lowerBound))
            case 13 where value.count >= 1: interface.frameCheck = Int(window[value.lowerBound])
            default: break
            }
        }
        self.interfaces.append(interface)
        return .other
    }

    /// Options: code 2, length 2, value padded to 4 octets; code 0 ends them.
    private func forEachOption(_ range: Range<Int>, _ window: RawSpan, _ body: (UInt16, Range<Int>) -> Void) {
        var position = range.lowerBound
        while position + 4 <= range.upperBound {
            let code = self.integer16(window, position)
            let length = Int(self.integer16(window, position + 2))
            guard code != 0, position + 4 + length <= range.upperBound else { return }
            body(code, (position + 4)..<(position + 4 + length))
            position += 4 + (length + 3) & ~3
        }
    }

    // MARK: - Packets

    /// Interface 4 (obsolete: interface 2, drops 2), time 8, captured length 4, original length 4, octets, options.
    private func packet(
        _ body: Range<Int>,
        _ window: RawSpan,
        at offset: UInt64,
        isObsolete: Bool
    ) throws(CaptureError) -> CaptureStep {
        guard body.count >= 20 else { throw Self.short("a packet", body, 20, offset) }
        let start = body.lowerBound
        let number = isObsolete ? UInt32(self.integer16(window, start)) : self.integer32(window, start)
        let interface = try self.interface(number, at: offset)
        let captured = self.integer32(window, start + 12)
        guard captured <= UInt32(body.count - 20) else {
            throw CaptureError(
                .badLength(record: "a packet", value: UInt64(captured), limit: UInt64(body.count - 20)),
                at: offset
            )
        }
        let units = UInt64(self.integer32(window, start + 4)) << 32 | UInt64(self.integer32(window, start + 8))
        let octets = (start + 20)..<(start + 20 + Int(captured))
        var flags: UInt32?
        self.forEachOption((octets.upperBound + 3) & ~3..<max(body.upperBound, (octets.upperBound + 3) & ~3), window) {
            if $0 == 2, $1.count >= 4 { flags = self.integer32(window, $1.lowerBound) }
        }
        let original = max(self.integer32(window, start + 16), captured)
        return .packet(
            PacketRecord(
                link: interface.link,
                time: interface.resolution.time(units, offset: interface.offset),
                octets: octets.lowerBound..<max(octets.lowerBound, octets.upperBound - interface.frameCheck),
                originalLength: max(0, Int(original) - interface.frameCheck),
                interface: self.interfacesBefore + Int(number),
                isInbound: flags.flatMap { $0 & 3 == 1 ? true : $0 & 3 == 2 ? false : nil }
            )
        )
    }

    /// Original length 4, octets; of the first interface, without time.
    private func simplePacket(
        _ body: Range<Int>,
        _ window: RawSpan,
        at offset: UInt64
    ) throws(CaptureError) -> CaptureStep {
        guard body.count >= 4 else { throw Self.short("a packet", body, 4, offset) }
        let interface = try self.interface(0, at: offset)
        let original = Int(self.integer32(window, body.lowerBound))
        let limit = interface.snapshotLength == 0 ? original : min(original, interface.snapshotLength)
        let captured = min(limit, body.count - 4)
        let start = body.lowerBound + 4
        return .packet(
            PacketRecord(
                link: interface.link,
                time: nil,
                octets: start..<(start + captured),
                originalLength: original,
                interface: self.interfacesBefore
            )
        )
    }

    private func interface(_ number: UInt32, at offset: UInt64) throws(CaptureError) -> Interface {
        guard number < UInt32(self.interfaces.count) else { throw CaptureError(.unknownInterface(number), at: offset) }
        return self.interfaces[Int(number)]
    }

    private static func short(_ record: String, _ body: Range<Int>, _ need: Int, _ offset: UInt64) -> CaptureError {
        CaptureError(.cut(record: record, have: body.count, need: need), at: offset)
    }

    // MARK: - Integers in the byte order of the section

    private func integer16(_ octets: RawSpan, _ offset: Int) -> UInt16 {
        self.isLittleEndian ? octets.little16(offset) : octets.big16(offset)
    }

    private func integer32(_ octets: RawSpan, _ offset: Int) -> UInt32 {
        self.isLittleEndian ? octets.little32(offset) : octets.big32(offset)
    }

    private func integer64(_ octets: RawSpan, _ offset: Int) -> UInt64 {
        self.isLittleEndian ? octets.big64(offset).byteSwapped : octets.big64(offset)
    }
}
