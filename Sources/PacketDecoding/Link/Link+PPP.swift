import Traffic

/// PPP and what carries it.
extension Link {
    static func serial(_ type: LinkType, _ octets: RawSpan, _ layer: Layer) -> Step {
        switch type {
        case .pppEther: return Self.pppoe(octets, layer)
        case .ciscoHDLC: return Self.ciscoHDLC(octets, layer)
        case .pppHDLC:
            guard layer.count >= 4 else { return .cutOff("PPP") }
            // Cisco's address octets stand where PPP has FF.
            if octets[layer.start] == 0x0F || octets[layer.start] == 0x8F { return Self.ciscoHDLC(octets, layer) }
            return .inner(layer.skipping(0, .ppp), or: "PPP")
        default: return .inner(layer.skipping(0, .ppp), or: "PPP")
        }
    }

    /// RFC 2516 section 4: version and type 1, code 0 for a session, session 2, length 2.
    static func pppoe(_ octets: RawSpan, _ layer: Layer) -> Step {
        guard layer.count >= 6 else { return .cutOff("PPPoE") }
        guard octets[layer.start] == 0x11, octets[layer.start + 1] == 0 else { return .done(.other(.control)) }
        let length = Int(octets.big16(layer.start + 4))
        return .inner(layer.skipping(6, .ppp)?.limited(to: length), or: "PPPoE")
    }

    /// RFC 1661 section 2 and RFC 1662 section 3.1: `FF 03` may be left out, and so may a protocol's leading zero.
    static func ppp(_ octets: RawSpan, _ layer: Layer) -> Step {
        var offset = 0
        if layer.count >= 2, octets[layer.start] == 0xFF, octets[layer.start + 1] == 0x03 { offset = 2 }
        guard layer.count >= offset + 2 else { return .cutOff("PPP") }
        var number = UInt16(octets[layer.start + offset])
        if number & 1 == 1 {
            offset += 1
        } else {
            number = octets.big16(layer.start + offset)
            offset += 2
        }
        switch number {
        case 0x0021, 0x0057: return .inner(layer.skipping(offset, .ip), or: "PPP")
        case 0x0281, 0x0283: return .inner(layer.skipping(offset, .etherType(0x8847)), or: "PPP")
        default: return .done(.other(.control))
        }
    }

    /// Address 1, control 1, EtherType 2.
    private static func ciscoHDLC(_ octets: RawSpan, _ layer: Layer) -> Step {
        guard layer.count >= 4 else { return .cutOff("Cisco HDLC") }
        return .inner(layer.skipping(4, .etherType(octets.big16(layer.start + 2))), or: "Cisco HDLC")
    }
}
