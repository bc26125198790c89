import PacketDecoding
import Testing
import Traffic

struct DissectorTests {
    private static let packet = Packets.ipv4(Packets.tcp("a NOOP\r\n"))

    /// Ways to wrap an IPv4 packet: a name, the link type, the frame.
    static let wrappings: [(String, LinkType, [UInt8])] = [
        ("Ethernet", .ethernet, Packets.ethernet(packet)),
        ("raw IP", .raw, packet),
        ("IPv4", .ipv4, packet),
        ("802.1Q", .ethernet, Packets.ethernet([0, 7] + Packets.big16(0x0800) + packet, type: 0x8100)),
        (
            "802.1ad", .ethernet,
            Packets.ethernet([0, 7, 0x81, 0, 0, 8] + Packets.big16(0x0800) + packet, type: 0x88A8)
        ),
        (
            "SNAP", .ethernet,
            Packets.ethernet([0xAA, 0xAA, 3, 0, 0, 0, 8, 0] + packet, type: packet.count + 8)
        ),
        ("MPLS", .ethernet, Packets.ethernet([0, 1, 0, 64, 0, 2, 1, 64] + packet, type: 0x8847)),
        (
            "PPPoE", .ethernet,
            Packets.ethernet([0x11, 0, 0, 1] + Packets.big16(packet.count + 2) + [0, 0x21] + packet, type: 0x8864)
        ),
        ("PPP", .ppp, [0xFF, 3, 0, 0x21] + packet),
        ("PPP, short protocol", .ppp, [0x21] + packet),
        ("Cisco HDLC", .ciscoHDLC, [0x0F, 0, 8, 0] + packet),
        ("NULL, little-endian", .null, [2, 0, 0, 0] + packet),
        ("NULL, big-endian", .null, [0, 0, 0, 2] + packet),
        ("Linux cooked", .linuxSLL, [0, 0, 0, 1, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0, 8, 0] + packet),
        (
            "Linux cooked v2", .linuxSLL2,
            [8, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0] + packet
        ),
        ("802.11", .ieee80211, wlan + packet),
        ("802.11 QoS", .ieee80211, [0x88] + wlan[1..<24] + [0, 0] + wlan[24...] + packet),
        ("radiotap", .ieee80211Radiotap, [0, 0, 8, 0, 0, 0, 0, 0] + wlan + packet),
        (
            "radiotap with check sequence", .ieee80211Radiotap,
            [0, 0, 9, 0, 2, 0, 0, 0, 0x10] + wlan + packet + [1, 2, 3, 4]
        ),
        ("PPI", .ppi, [0, 0, 8, 0, 1, 0, 0, 0] + Packets.ethernet(packet)),
        ("NFLOG", .nflog, [2, 0, 0, 0] + [UInt8(packet.count + 4), 0, 9, 0] + packet),
        ("IP in IP", .raw, Packets.ipv4(packet, protocolNumber: 4)),
        ("6in4 and back", .raw, Packets.ipv4(Packets.ipv6(packet, next: 4), protocolNumber: 41)),
        ("GRE", .raw, Packets.ipv4([0, 0, 8, 0] + packet, protocolNumber: 47)),
        ("GRE with key", .raw, Packets.ipv4([0x20, 0, 8, 0, 1, 2, 3, 4] + packet, protocolNumber: 47)),
        (
            "ERSPAN II", .raw,
            Packets.ipv4([0x10, 0, 0x88, 0xBE, 0, 0, 0, 1] + zeros8 + Packets.ethernet(packet), protocolNumber: 47)
        ),
        (
            "VXLAN", .raw,
            Packets.ipv4(
                udp(4789, [8, 0, 0, 0, 0, 0, 1, 0] + Packets.ethernet(packet)),
                protocolNumber: 17
            )
        ),
        (
            "GENEVE", .raw,
            Packets.ipv4(
                udp(6081, [0, 0, 0x65, 0x58, 0, 0, 1, 0] + Packets.ethernet(packet)),
                protocolNumber: 17
            )
        ),
        (
            "authentication header", .raw,
            Packets.ipv4(
                [6, 4] + [UInt8](repeating: 0, count: 22)
                    + Packets.tcp("a NOOP\r\n"),
                protocolNumber: 51
            )
        ),
        ("IPv6", .ethernet, Packets.ethernet(Packets.ipv6(Packets.tcp("a NOOP\r\n")), type: 0x86DD)),
        (
            "IPv6 with extension headers", .raw,
            Packets.ipv6([60, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0] + Packets.tcp("a NOOP\r\n"), next: 0)
        ),
        (
            "IPv6 atomic fragment", .raw,
            Packets.ipv6([6, 0, 0, 0, 0, 0, 0, 9] + Packets.tcp("a NOOP\r\n"), next: 44)
        ),
        ("TCP options", .raw, Packets.ipv4(Packets.tcp("a NOOP\r\n", options: [1, 1, 8, 10] + zeros8))),
        ("offloaded segment", .raw, Packets.ipv4(Packets.tcp("a NOOP\r\n"), length: 0)),
        ("IPv6 without length", .raw, Packets.ipv6(Packets.tcp("a NOOP\r\n"), length: 0)),
    ]

    private static let zeros8 = [UInt8](repeating: 0, count: 8)
    private static let wlan: [UInt8] =
        [8, 1, 0, 0] + [UInt8](repeating: 2, count: 18) + [0, 0] + [0xAA, 0xAA, 3, 0, 0, 0, 8, 0]

    private static func udp(_ port: Int, _ payload: [UInt8]) -> [UInt8] {
        Packets.big16(50_000) + Packets.big16(port) + Packets.big16(payload.count + 8) + [0, 0] + payload
    }

    @Test(arguments: wrappings)
    func `a segment is found in every wrapping`(name: String, link: LinkType, frame: [UInt8]) {
        var dissector = Dissector()
        #expect(dissector.text(frame, as: link) == "a NOOP\r\n", "\(name)")
    }

    @Test(arguments: wrappings)
    func `a frame cut anywhere is no crash and never more payload`(name: String, link: LinkType, frame: [UInt8]) {
        var dissector = Dissector()
        for count in 0..<frame.count {
            let cut = Array(frame[..<count])
            let text = dissector.text(cut, as: link, originalLength: frame.count)
            #expect(text.map { "a NOOP\r\n".utf8.starts(with: $0.utf8) } ?? true, "\(name) cut at \(count)")
        }
    }

    @Test
    func `padding behind the IP packet is no payload`() {
        var dissector = Dissector()
        let frame = Packets.ethernet(Packets.ipv4(Packets.tcp("")) + [0, 0, 0, 0, 0, 0])
        #expect(dissector.text(frame) == "")
    }

    @Test
    func `octets that the snapshot length cut off are counted as missing`() {
        var dissector = Dissector()
        let frame = Packets.ethernet(Packets.ipv4(Packets.tcp("0123456789")))
        let cut = Array(frame.dropLast(4))
        let result = dissector.dissect(cut.span.bytes, as: .ethernet, originalLength: frame.count, at: .zero)
        guard case .tcp(let segment) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(segment.missing == 4)
        #expect(segment.length == 10)
    }

    @Test(arguments: [
        ([0x45, 0, 0, 10] + [UInt8](repeating: 0, count: 20), MalformedReason.badLength),
        ([0x42] + [UInt8](repeating: 0, count: 24), .badLength),
        ([0x75] + [UInt8](repeating: 0, count: 24), .badVersion),
        ([], .cutOff),
    ])
    func `headers that cannot be are told`(packet: [UInt8], reason: MalformedReason) {
        var dissector = Dissector()
        let result = dissector.dissect(packet.span.bytes, as: .raw, originalLength: packet.count, at: .zero)
        guard case .malformed(_, reason) = result else {
            Issue.record("\(result)")
            return
        }
    }

    @Test
    func `tunnels in tunnels end somewhere`() {
        var dissector = Dissector()
        var packet = Packets.ipv4(Packets.tcp("x"))
        for _ in 0..<40 { packet = Packets.ipv4(packet, protocolNumber: 4) }
        let result = dissector.dissect(packet.span.bytes, as: .raw, originalLength: packet.count, at: .zero)
        #expect(result == .malformed(layer: "frame", reason: .tooDeep))
    }

    @Test
    func `what is no TCP is named`() {
        var dissector = Dissector()
        let dns = Packets.ipv4(Packets.big16(5353) + Packets.big16(53) + [0, 8, 0, 0], protocolNumber: 17)
        #expect(
            dissector.dissect(dns.span.bytes, as: .raw, originalLength: dns.count, at: .zero)
                == .other(.udp(source: 5353, destination: 53))
        )
        let arp = Packets.ethernet([0, 1], type: 0x0806)
        #expect(
            dissector.dissect(arp.span.bytes, as: .ethernet, originalLength: arp.count, at: .zero)
                == .other(.etherType(0x0806))
        )
        #expect(
            dissector.dissect(arp.span.bytes, as: LinkType(rawValue: 999), originalLength: arp.count, at: .zero)
                == .other(.link(LinkType(rawValue: 999)))
        )
    }
}
