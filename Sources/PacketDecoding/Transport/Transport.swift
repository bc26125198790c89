import Traffic

/// What follows an IP header: TCP, or a tunnel with another packet inside.
enum Transport {
    static func step(
        _ number: UInt8,
        _ source: IPAddress,
        _ destination: IPAddress,
        _ octets: RawSpan,
        _ layer: Layer
    ) -> Step {
        switch number {
        case 6: Self.tcp(source, destination, octets, layer)
        case 17: Self.udp(octets, layer)
        // IPv4 in IP (RFC 2003), IPv6 in IP (RFC 4213).
        case 4, 41: .inner(layer.skipping(0, .ip), or: "IP in IP")
        case 47: Self.gre(octets, layer)
        case 51: Self.authenticationHeader(source, destination, octets, layer)
        case 137: .inner(layer.skipping(0, .etherType(0x8847)), or: "MPLS in IP")
        default: .done(.other(.ipProtocol(number)))
        }
    }

    /// ```
    /// source port 2 | destination port 2 | sequence 4 | acknowledgement 4
    /// data offset and flags 2 | window 2 | checksum 2 | urgent pointer 2 | options
    /// ```
    private static func tcp(_ source: IPAddress, _ destination: IPAddress, _ octets: RawSpan, _ layer: Layer) -> Step {
        guard layer.count >= 20 else { return .cutOff("TCP") }
        let start = layer.start
        let header = Int(octets[start + 12] >> 4) * 4
        guard header >= 20 else { return .done(.malformed(layer: "TCP", reason: .badLength)) }
        // Options that are cut off leave the payload's length known and its octets missing.
        let begin = min(start + header, layer.end)
        let missing = layer.missing - (start + header - begin)
        guard missing >= 0 else { return .done(.malformed(layer: "TCP", reason: .badLength)) }
        return .done(
            .tcp(
                TCPSegment(
                    source: SocketAddress(address: source, port: octets.big16(start)),
                    destination: SocketAddress(address: destination, port: octets.big16(start + 2)),
                    sequence: octets.big32(start + 4),
                    acknowledgement: octets.big32(start + 8),
                    flags: TCPFlags(rawValue: octets[start + 13] & 0x3F),
                    payload: begin..<layer.end,
                    missing: missing
                )
            )
        )
    }

    private static func udp(_ octets: RawSpan, _ layer: Layer) -> Step {
        guard layer.count >= 8 else { return .cutOff("UDP") }
        let source = octets.big16(layer.start)
        let destination = octets.big16(layer.start + 2)
        switch destination {
        // VXLAN (RFC 7348 section 5), also on the port that Linux used first: flags 1, reserved 3, network 3, reserved 1.
        case 4789, 8472:
            guard layer.count >= 16, octets[layer.start + 8] & 0x08 != 0 else { break }
            return .inner(layer.skipping(16, .link(.ethernet)), or: "VXLAN")
        // GENEVE (RFC 8926 section 3.4): version and option length 1, flags 1, protocol 2, network 3, reserved 1.
        case 6081:
            guard layer.count >= 16, octets[layer.start + 8] >> 6 == 0 else { break }
            let options = Int(octets[layer.start + 8] & 0x3F) * 4
            let type = octets.big16(layer.start + 10)
            return .inner(layer.skipping(16 + options, .etherType(type)), or: "GENEVE")
        default: break
        }
        return .done(.other(.udp(source: source, destination: destination)))
    }

    /// RFC 2784 and RFC 2890: flags and version 2, protocol 2, then checksum, key and sequence where the flags say so. ERSPAN
    /// (protocols 88BE and 22EB) puts its own header before an Ethernet frame.
    private static func gre(_ octets: RawSpan, _ layer: Layer) -> Step {
        guard layer.count >= 4 else { return .cutOff("GRE") }
        let flags = octets.big16(layer.start)
        // Version 1 is PPTP's.
        guard flags & 0x0007 == 0 else { return .done(.other(.ipProtocol(47))) }
        var header = 4
        if flags & 0x8000 != 0 { header += 4 }
        if flags & 0x2000 != 0 { header += 4 }
        if flags & 0x1000 != 0 { header += 4 }
        let type = octets.big16(layer.start + 2)
        switch type {
        // Type I has no sequence and no header of its own, type II has both.
        case 0x88BE:
            return .inner(layer.skipping(header + (flags & 0x1000 != 0 ? 8 : 0), .link(.ethernet)), or: "ERSPAN")
        case 0x22EB: return .inner(layer.skipping(header + 12, .link(.ethernet)), or: "ERSPAN")
        default: return .inner(layer.skipping(header, .etherType(type)), or: "GRE")
        }
    }

    /// RFC 4302 over IPv4.
    private static func authenticationHeader(
        _ source: IPAddress,
        _ destination: IPAddress,
        _ octets: RawSpan,
        _ layer: Layer
    ) -> Step {
        guard layer.count >= 8 else { return .cutOff("AH") }
        let header = (Int(octets[layer.start + 1]) + 2) * 4
        return .inner(layer.skipping(header, .transport(octets[layer.start], source, destination)), or: "AH")
    }
}
