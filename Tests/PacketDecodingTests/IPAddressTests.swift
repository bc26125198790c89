import PacketDecoding
import Testing

struct IPAddressTests {
    @Test(arguments: [
        (0x2001_0DB8_0000_0000 as UInt64, 0x0000_0000_0000_0001 as UInt64, "2001:db8::1"),
        (0, 0, "::"), (0, 1, "::1"), (0x2001_0DB8_0000_0001, 0x0001_0001_0001_0001, "2001:db8:0:1:1:1:1:1"),
        (0x2001_0000_0000_0001, 0x0000_0000_0000_0001, "2001:0:0:1::1"), (0xFE80_0000_0000_0000, 0, "fe80::"),
    ])
    func `an IPv6 address is written as RFC 5952 says`(high: UInt64, low: UInt64, text: String) {
        #expect(IPAddress(ipv6High: high, low: low).description == text)
    }

    @Test
    func `an IPv4 address is written in dotted decimal`() {
        #expect(IPAddress(ipv4: 0xC000_0201).description == "192.0.2.1")
    }
}
