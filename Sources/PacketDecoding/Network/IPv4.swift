import Traffic

/// RFC 791 section 3.1.
enum IPv4 {
    static func step(_ octets: RawSpan, _ layer: Layer, _ fragments: inout FragmentTable, at time: Timestamp) -> Step {
        guard layer.count >= 20 else { return .cutOff("IPv4") }
        let start = layer.start
        let header = Int(octets[start] & 0x0F) * 4
        guard header >= 20 else { return .done(.malformed(layer: "IPv4", reason: .badLength)) }
        let total = Int(octets.big16(start + 2))
        // Hosts that leave segmentation to the network card are captured with a length of 0: the frame says it then.
        guard total == 0 || total >= header else { return .done(.malformed(layer: "IPv4", reason: .badLength)) }
        let packet = total == 0 ? layer : layer.limited(to: total)
        let source = IPAddress(ipv4: octets.big32(start + 12))
        let destination = IPAddress(ipv4: octets.big32(start + 16))
        let number = octets[start + 9]
        guard let payload = packet.skipping(header, .transport(number, source, destination)) else {
            return .cutOff("IPv4")
        }
        let field = octets.big16(start + 6)
        guard field & 0x3FFF != 0 else { return .inner(payload) }
        let key = FragmentKey(
            source: source,
            destination: destination,
            identification: UInt32(octets.big16(start + 4)),
            protocolNumber: number
        )
        // A fragment that the snapshot length cut never makes a whole datagram.
        guard payload.missing == 0 else { return .done(.malformed(layer: "IPv4", reason: .cutOff)) }
        fragments.add(
            octets.extracting(payload.start..<payload.end),
            at: Int(field & 0x1FFF) * 8,
            isLast: field & 0x2000 == 0,
            of: key,
            time: time
        )
        return .done(.fragment)
    }
}
