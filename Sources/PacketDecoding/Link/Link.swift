import Traffic

/// Link-layer headers, each one step (the tcpdump.org registry says how they look).
enum Link {
    static func step(_ type: LinkType, _ octets: RawSpan, _ layer: Layer) -> Step {
        switch type {
        case .ethernet: Self.ethernet(octets, layer)
        case .null, .loop: Self.null(octets, layer)
        case .raw, .rawBSD, .rawOpenBSD, .ipv4, .ipv6: .inner(layer.skipping(0, .ip), or: "IP")
        case .linuxSLL: Self.linuxSLL(octets, layer)
        case .linuxSLL2: Self.linuxSLL2(octets, layer)
        case .ppp, .pppHDLC, .pppEther, .ciscoHDLC: Self.serial(type, octets, layer)
        case .ieee80211: WLAN.frame(octets, layer)
        case .ieee80211Radiotap: WLAN.radiotap(octets, layer)
        case .ieee80211Prism: WLAN.prism(octets, layer)
        case .ieee80211AVS: WLAN.avs(octets, layer)
        case .ppi, .pktap, .nflog: Self.wrapper(type, octets, layer)
        default: .done(.other(.link(type)))
        }
    }

    // MARK: - Ethernet

    /// ```
    /// destination 6 | source 6 | type or length 2 | ...
    /// ```
    private static func ethernet(_ octets: RawSpan, _ layer: Layer) -> Step {
        guard layer.count >= 14 else { return .cutOff("Ethernet") }
        return Self.typeOrLength(octets.big16(layer.start + 12), layer, header: 14)
    }

    /// Values up to 1500 are lengths (IEEE 802.3 section 3.2.6).
    private static func typeOrLength(_ value: UInt16, _ layer: Layer, header: Int) -> Step {
        if value <= 1500 {
            return .inner(layer.skipping(header, .llc)?.limited(to: Int(value)), or: "LLC")
        }
        return .inner(layer.skipping(header, .etherType(value)), or: "Ethernet")
    }

    /// Tags, labels and tunnels of the link stack in any order.
    static func etherType(_ type: UInt16, _ octets: RawSpan, _ layer: Layer) -> Step {
        switch type {
        case 0x0800, 0x86DD: return .inner(layer.skipping(0, .ip), or: "IP")
        // 802.1Q, 802.1ad, and the numbers that were used before 802.1ad.
        case 0x8100, 0x88A8, 0x9100, 0x9200:
            guard layer.count >= 4 else { return .cutOff("VLAN tag") }
            return Self.typeOrLength(octets.big16(layer.start + 2), layer, header: 4)
        case 0x8847, 0x8848: return Self.mpls(octets, layer)
        case 0x8864: return Self.pppoe(octets, layer)
        // Transparent Ethernet bridging, in GRE, GENEVE and VXLAN.
        case 0x6558: return .inner(layer.skipping(0, .link(.ethernet)), or: "Ethernet")
        default: return .done(.other(.etherType(type)))
        }
    }

    /// LLC and SNAP (RFC 1042): `AA AA 03`, an organization of 3 octets, an EtherType.
    static func llc(_ octets: RawSpan, _ layer: Layer) -> Step {
        guard layer.count >= 3 else { return .cutOff("LLC") }
        guard octets[layer.start] == 0xAA, octets[layer.start + 1] == 0xAA, octets[layer.start + 2] == 0x03 else {
            return .done(.other(.control))
        }
        guard layer.count >= 8 else { return .cutOff("SNAP") }
        return .inner(layer.skipping(8, .etherType(octets.big16(layer.start + 6))), or: "SNAP")
    }

    /// RFC 3032: labels of 4 octets until the bottom of the stack; what follows tells itself by its first bits.
    private static func mpls(_ octets: RawSpan, _ layer: Layer) -> Step {
        var offset = 0
        while offset + 4 <= layer.count {
            let isBottom = octets[layer.start + offset + 2] & 1 == 1
            offset += 4
            guard isBottom else { continue }
            guard offset < layer.count else { return .cutOff("MPLS") }
            switch octets[layer.start + offset] >> 4 {
            case 4, 6: return .inner(layer.skipping(offset, .ip), or: "MPLS")
            // A pseudowire control word before an Ethernet frame (RFC 4385 section 3).
            case 0: return .inner(layer.skipping(offset + 4, .link(.ethernet)), or: "MPLS")
            default: return .done(.other(.etherType(0x8847)))
            }
        }
        return .cutOff("MPLS")
    }

    // MARK: - Loopback and cooked captures

    /// An address family in the byte order of whoever captured: 2 is IPv4, 24, 28 and 30 are IPv6 on BSD systems, 10 on
    /// Linux.
    private static func null(_ octets: RawSpan, _ layer: Layer) -> Step {
        guard layer.count >= 4 else { return .cutOff("NULL") }
        let family = octets.big32(layer.start)
        switch family > 0xFFFF ? family.byteSwapped : family {
        case 2, 10, 24, 28, 30: return .inner(layer.skipping(4, .ip), or: "IP")
        default: return .done(.other(.control))
        }
    }

    /// ```
    /// packet type 2 | ARPHRD 2 | address length 2 | address 8 | protocol 2
    /// ```
    private static func linuxSLL(_ octets: RawSpan, _ layer: Layer) -> Step {
        guard layer.count >= 16 else { return .cutOff("Linux cooked") }
        return Self.cookedProtocol(octets.big16(layer.start + 14), octets.big16(layer.start + 2), layer, header: 16)
    }

    /// ```
    /// protocol 2 | reserved 2 | interface 4 | ARPHRD 2 | packet type 1 | address length 1 | address 8
    /// ```
    private static func linuxSLL2(_ octets: RawSpan, _ layer: Layer) -> Step {
        guard layer.count >= 20 else { return .cutOff("Linux cooked v2") }
        return Self.cookedProtocol(octets.big16(layer.start), octets.big16(layer.start + 8), layer, header: 20)
    }

    private static func cookedProtocol(_ type: UInt16, _ hardware: UInt16, _ layer: Layer, header: Int) -> Step {
        // ARPHRD_NETLINK, and IPGRE devices, whose protocol is GRE's.
        if hardware == 824 { return .done(.other(.control)) }
        switch type {
        case 0x0001: return .done(.other(.control))
        case 0x0004: return .inner(layer.skipping(header, .llc), or: "LLC")
        default: return .inner(layer.skipping(header, .etherType(type)), or: "Linux cooked")
        }
    }

    // MARK: - Headers that name another link type

    private static func wrapper(_ type: LinkType, _ octets: RawSpan, _ layer: Layer) -> Step {
        switch type {
        case .ppi:
            guard layer.count >= 8 else { return .cutOff("PPI") }
            let inner = LinkType(rawValue: octets.little32(layer.start + 4))
            return .inner(layer.skipping(max(8, Int(octets.little16(layer.start + 2))), .link(inner)), or: "PPI")
        case .pktap:
            guard layer.count >= 12 else { return .cutOff("PKTAP") }
            let header = Int(octets.little32(layer.start))
            let inner = LinkType(rawValue: octets.little32(layer.start + 8))
            guard header >= 12, inner != .pktap else { return .done(.malformed(layer: "PKTAP", reason: .badLength)) }
            return .inner(layer.skipping(header, .link(inner)), or: "PKTAP")
        default: return Self.nflog(octets, layer)
        }
    }

    /// Family, version, resource; then attributes of length and type in the byte order of the host, padded to 4 octets.
    /// The packet is attribute 9.
    private static func nflog(_ octets: RawSpan, _ layer: Layer) -> Step {
        guard layer.count >= 4 else { return .cutOff("NFLOG") }
        var offset = 4
        while offset + 4 <= layer.count {
            let at = layer.start + offset
            var (length, type) = (Int(octets.little16(at)), octets.little16(at + 2) & 0x7FFF)
            if type > 0xFF { (length, type) = (Int(octets.big16(at)), octets.big16(at + 2) & 0x7FFF) }
            guard length >= 4 else { return .done(.malformed(layer: "NFLOG", reason: .badLength)) }
            if type == 9 {
                return .inner(layer.skipping(offset + 4, .ip)?.limited(to: length - 4), or: "NFLOG")
            }
            offset += (length + 3) & ~3
        }
        return .done(.other(.control))
    }
}
