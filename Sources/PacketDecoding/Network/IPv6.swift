import Traffic

/// RFC 8200 sections 3 and 4.
enum IPv6 {
    /// Headers that every packet of a sane network has room for.
    private static let maximumExtensions = 16

    static func step(_ octets: RawSpan, _ layer: Layer, _ fragments: inout FragmentTable, at time: Timestamp) -> Step {
        guard layer.count >= 40 else { return .cutOff("IPv6") }
        let start = layer.start
        let length = Int(octets.big16(start + 4))
        // 0 is a jumbogram (RFC 2675), or a segment that the network card still has to cut: the frame says it then.
        let packet = length == 0 ? layer : layer.limited(to: 40 + length)
        let source = IPAddress(ipv6High: octets.big64(start + 8), low: octets.big64(start + 16))
        let destination = IPAddress(ipv6High: octets.big64(start + 24), low: octets.big64(start + 32))
        var next = octets[start + 6]
        var offset = 40
        for _ in 0..<Self.maximumExtensions {
            let at = start + offset
            switch next {
            // Hop-by-hop, routing, destination, mobility, HIP, shim6: next header, length in units of 8 beyond the first.
            case 0, 43, 60, 135, 139, 140:
                guard offset + 8 <= packet.count else { return .cutOff("IPv6") }
                next = octets[at]
                offset += (Int(octets[at + 1]) + 1) * 8
            // Authentication header (RFC 4302): its length in units of 4, less 2.
            case 51:
                guard offset + 8 <= packet.count else { return .cutOff("IPv6") }
                next = octets[at]
                offset += (Int(octets[at + 1]) + 2) * 4
            case 44:
                guard offset + 8 <= packet.count else { return .cutOff("IPv6") }
                next = octets[at]
                let field = octets.big16(at + 2)
                let identification = octets.big32(at + 4)
                offset += 8
                // An atomic fragment (RFC 6946) is the whole packet.
                guard field & 0xFFF9 != 0 else { continue }
                guard let payload = packet.skipping(offset, .ip), payload.missing == 0 else { return .cutOff("IPv6") }
                fragments.add(
                    octets.extracting(payload.start..<payload.end),
                    at: Int(field & 0xFFF8),
                    isLast: field & 1 == 0,
                    of: FragmentKey(
                        source: source,
                        destination: destination,
                        identification: identification,
                        protocolNumber: next
                    ),
                    time: time
                )
                return .done(.fragment)
            default:
                return .inner(packet.skipping(offset, .transport(next, source, destination)), or: "IPv6")
            }
        }
        return .done(.malformed(layer: "IPv6", reason: .tooDeep))
    }
}
