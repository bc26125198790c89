import Traffic

/// The IP and TCP headers of a segment, with their checksums.
struct SegmentHeader {
    struct Flags: OptionSet {
        var rawValue: UInt8
        static let fin = Flags(rawValue: 0x01)
        static let syn = Flags(rawValue: 0x02)
        static let rst = Flags(rawValue: 0x04)
        static let psh = Flags(rawValue: 0x08)
        static let ack = Flags(rawValue: 0x10)
    }

    /// Both of one family.
    var source: NetworkAddress
    var destination: NetworkAddress
    var sourcePort: UInt16
    var destinationPort: UInt16
    var sequence: UInt32
    var acknowledgement: UInt32
    var flags: Flags
    /// What a segment of Ethernet's 1500 octets can carry.
    var largestPayload: UInt16 { self.source.isIPv6 ? 1440 : 1460 }

    /// With the scale of the SYN, 8 MiB: larger than what is ever left unacknowledged.
    private static let window: UInt16 = 0xFFFF

    /// Writes both headers.
    func write(to writer: inout ByteWriter, payload: RawSpan) {
        let tcp = self.transport(payload)
        if self.source.isIPv6 {
            self.writeIPv6(to: &writer, tcp.count + payload.byteCount)
        } else {
            self.writeIPv4(to: &writer, tcp.count + payload.byteCount)
        }
        for octet in tcp { writer.append(octet) }
    }

    /// RFC 9293 section 3.1.
    private func transport(_ payload: RawSpan) -> [UInt8] {
        var header = ByteWriter(capacity: 64)
        // A SYN says the maximum segment size (kind 2) and the window scale (kind 3, RFC 7323 section 2.2).
        let options: [UInt8] =
            self.flags.contains(.syn)
            ? [2, 4, UInt8(self.largestPayload >> 8), UInt8(self.largestPayload & 0xFF), 1, 3, 3, 7] : []
        header.append(big: self.sourcePort)
        header.append(big: self.destinationPort)
        header.append(big: self.sequence)
        header.append(big: self.acknowledgement)
        header.append(UInt8((5 + options.count / 4) << 4))
        header.append(self.flags.rawValue)
        header.append(big: Self.window)
        header.append(big: UInt32(0))
        for octet in options { header.append(octet) }
        var octets = header.withBytes { bytes in bytes.withUnsafeBytes { Array($0) } }
        var sum = Checksum()
        sum.add(self.source.octets.span.bytes)
        sum.add(self.destination.octets.span.bytes)
        sum.add(UInt32(6))
        sum.add(UInt32(octets.count + payload.byteCount))
        sum.add(octets.span.bytes)
        sum.add(payload)
        octets[16] = UInt8(sum.value >> 8)
        octets[17] = UInt8(sum.value & 0xFF)
        return octets
    }

    /// RFC 791 section 3.1: no fragments, 64 hops.
    private func writeIPv4(to writer: inout ByteWriter, _ payload: Int) {
        var header: [UInt8] = [0x45, 0]
        let length = payload + 20
        header += [UInt8(length >> 8 & 0xFF), UInt8(length & 0xFF), 0, 0, 0x40, 0, 64, 6, 0, 0]
        header += self.source.octets + self.destination.octets
        var sum = Checksum()
        sum.add(header.span.bytes)
        header[10] = UInt8(sum.value >> 8)
        header[11] = UInt8(sum.value & 0xFF)
        for octet in header { writer.append(octet) }
    }

    /// RFC 8200 section 3.
    private func writeIPv6(to writer: inout ByteWriter, _ payload: Int) {
        writer.append(big: UInt32(0x6000_0000))
        writer.append(big: UInt16(payload))
        writer.append(UInt8(6))
        writer.append(UInt8(64))
        for octet in self.source.octets + self.destination.octets { writer.append(octet) }
    }
}

/// The Internet checksum (RFC 1071). Every part but the last has an even number of octets.
struct Checksum {
    private var sum: UInt64 = 0

    mutating func add(_ number: UInt32) {
        self.sum += UInt64(number >> 16) + UInt64(number & 0xFFFF)
    }

    mutating func add(_ octets: RawSpan) {
        var sum: UInt64 = 0
        octets.withUnsafeBytes { octets in
            var index = 0
            while index + 1 < octets.count {
                sum &+= UInt64(octets[index]) << 8 | UInt64(octets[index + 1])
                index += 2
            }
            if index < octets.count { sum &+= UInt64(octets[index]) << 8 }
        }
        self.sum &+= sum
    }

    var value: UInt16 {
        var sum = self.sum
        while sum >> 16 > 0 { sum = sum & 0xFFFF + sum >> 16 }
        return ~UInt16(sum)
    }
}
