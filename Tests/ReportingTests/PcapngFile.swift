import Traffic

/// A pcapng file read back by its description, and its TCP streams put together.
struct PcapngFile {
    struct Packet {
        var time: Int64
        var comments: [String]
        var octets: [UInt8]

        var isIPv6: Bool { self.octets[0] >> 4 == 6 }
        private var transport: Int { self.isIPv6 ? 40 : 20 }
        private func number(_ at: Int, _ count: Int) -> Int {
            self.octets[at..<(at + count)].reduce(0) { $0 << 8 | Int($1) }
        }

        var sourcePort: Int { self.number(self.transport, 2) }
        var destinationPort: Int { self.number(self.transport + 2, 2) }
        var sequence: Int { self.number(self.transport + 4, 4) }
        var flags: Int { self.number(self.transport + 13, 1) }
        var isSYN: Bool { self.flags & 2 != 0 }
        var source: [UInt8] { Array(self.isIPv6 ? self.octets[8..<24] : self.octets[12..<16]) }
        private var destination: [UInt8] { Array(self.isIPv6 ? self.octets[24..<40] : self.octets[16..<20]) }
        var payload: [UInt8] {
            Array(self.octets[(self.transport + Int(self.octets[self.transport + 12] >> 4) * 4)...])
        }

        /// RFC 1071: over everything with its checksum the sum is all ones.
        var hasRightChecksums: Bool {
            let segment = Array(self.octets[self.transport...])
            let pseudo =
                self.source + self.destination + [0, 6, UInt8(segment.count >> 8), UInt8(segment.count & 0xFF)]
            return Self.sum(pseudo + segment) == 0xFFFF
                && (self.isIPv6 || Self.sum(Array(self.octets[..<20])) == 0xFFFF)
        }

        private static func sum(_ octets: [UInt8]) -> Int {
            var sum = 0
            for index in stride(from: 0, to: octets.count, by: 2) {
                sum += Int(octets[index]) << 8 + (index + 1 < octets.count ? Int(octets[index + 1]) : 0)
            }
            while sum >> 16 > 0 { sum = sum & 0xFFFF + sum >> 16 }
            return sum
        }
    }

    struct Damaged: Error {}

    private(set) var packets: [Packet] = []
    /// Octets of name resolution blocks.
    private(set) var names: [[UInt8]] = []
    private(set) var blockTypes: [UInt32] = []

    init(_ octets: [UInt8]) throws {
        var position = 0
        func number(_ at: Int) throws -> Int {
            guard at + 4 <= octets.count else { throw Damaged() }
            return octets[at..<(at + 4)].reversed().reduce(0) { $0 << 8 | Int($1) }
        }
        while position < octets.count {
            let length = try number(position + 4)
            guard length >= 12, length.isMultiple(of: 4), position + length <= octets.count,
                try number(position + length - 4) == length
            else { throw Damaged() }
            let type = try number(position)
            self.blockTypes.append(UInt32(type))
            let body = position + 8
            if type == 4 { self.names.append(Array(octets[body..<(position + length - 4)])) }
            if type == 6 {
                let captured = try number(body + 12)
                guard try number(body + 16) == captured else { throw Damaged() }
                let packet = Array(octets[(body + 20)..<(body + 20 + captured)])
                let options = body + 20 + (captured + 3) / 4 * 4
                self.packets.append(
                    Packet(
                        time: Int64(try number(body + 4)) << 32 | Int64(try number(body + 8)),
                        comments: Self.comments(Array(octets[options..<(position + length - 4)])),
                        octets: packet
                    )
                )
            }
            position += length
        }
    }

    private static func comments(_ options: [UInt8]) -> [String] {
        var result: [String] = []
        var position = 0
        while position + 4 <= options.count {
            let code = Int(options[position]) | Int(options[position + 1]) << 8
            let length = Int(options[position + 2]) | Int(options[position + 3]) << 8
            guard code != 0 else { break }
            if code == 1 {
                result.append(String(decoding: options[(position + 4)..<(position + 4 + length)], as: UTF8.self))
            }
            position += 4 + (length + 3) / 4 * 4
        }
        return result
    }

    /// The octets from one port, each at the place that its sequence number says; holes are spaces.
    func stream(from port: Int) -> [UInt8] {
        var result: [UInt8] = []
        var first: Int?
        for packet in self.packets where packet.sourcePort == port {
            if packet.isSYN { first = packet.sequence + 1 }
            let payload = packet.payload
            guard let first, !payload.isEmpty else { continue }
            let offset = (packet.sequence - first) & 0xFFFF_FFFF
            if result.count < offset + payload.count {
                result += [UInt8](repeating: 0x20, count: offset + payload.count - result.count)
            }
            result.replaceSubrange(offset..<(offset + payload.count), with: payload)
        }
        return result
    }
}
