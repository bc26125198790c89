import PacketDecoding
import Testing
import Traffic

struct FragmentTests {
    /// The fragments of an IPv4 packet, each of `size` octets; `size` is a multiple of 8.
    private static func fragments(_ text: String, size: Int, identification: Int = 7) -> [[UInt8]] {
        let payload = Packets.tcp(text)
        return stride(from: 0, to: payload.count, by: size).map { offset in
            let end = min(offset + size, payload.count)
            return Packets.ipv4(
                Array(payload[offset..<end]),
                identification: identification,
                fragment: offset / 8 | (end < payload.count ? 0x2000 : 0)
            )
        }
    }

    private static let text = "a1 FETCH 1:* (FLAGS UID ENVELOPE)\r\n"

    @Test(arguments: [8, 16, 24])
    func `fragments in any order make the datagram`(size: Int) {
        let fragments = Self.fragments(Self.text, size: size)
        for order in [fragments, fragments.reversed(), Array(fragments.dropFirst()) + [fragments[0]]] {
            var dissector = Dissector()
            var found: [String] = []
            for fragment in order { if let text = dissector.text(fragment, as: .raw) { found.append(text) } }
            #expect(found == [Self.text])
        }
    }

    @Test
    func `a repeated fragment changes nothing`() {
        var dissector = Dissector()
        let fragments = Self.fragments(Self.text, size: 16)
        var found: [String] = []
        for fragment in fragments.flatMap({ [$0, $0] }) {
            if let text = dissector.text(fragment, as: .raw) { found.append(text) }
        }
        // The copy of the last one begins a datagram that never becomes whole.
        #expect(found == [Self.text])
    }

    @Test
    func `fragments that contradict each other are no datagram`() {
        var dissector = Dissector()
        var fragments = Self.fragments(Self.text, size: 24)
        var forged = fragments[1]
        forged[forged.count - 1] ^= 1
        fragments.insert(forged, at: 1)
        let results = fragments.map {
            dissector.dissect($0.span.bytes, as: .raw, originalLength: $0.count, at: .zero)
        }
        #expect(results.contains(.malformed(layer: "IP", reason: .overlappingFragments)))
        #expect(!results.contains { if case .reassembledTCP = $0 { true } else { false } })
    }

    @Test
    func `fragments of many datagrams do not fill the memory`() {
        var dissector = Dissector(fragmentLimits: FragmentLimits(datagrams: 4, octets: 1000, lifetime: 1_000_000_000))
        for identification in 0..<1000 {
            let first = Self.fragments(Self.text, size: 16, identification: identification)[0]
            _ = dissector.text(first, as: .raw)
        }
        // The newest ones are still there.
        var found: String?
        for fragment in Self.fragments(Self.text, size: 16, identification: 999).dropFirst() {
            found = dissector.text(fragment, as: .raw) ?? found
        }
        #expect(found == Self.text)
    }
}
