import IMAPProtocol
import Testing

struct WireTextTests {
    static let texts: [([UInt8], String)] = [
        (Array("plain".utf8), "plain"),
        (Array("grün 台北 😀".utf8), "grün 台北 😀"),
        ([0x61, 0xFF, 0x62], "a\\xFFb"),
        ([0xC0, 0x80], "\\xC0\\x80"),
        ([0xED, 0xA0, 0x80], "\\xED\\xA0\\x80"),
        ([0xF4, 0x90, 0x80, 0x80], "\\xF4\\x90\\x80\\x80"),
        ([0xE2, 0x82], "\\xE2\\x82"),
        ([0x1B, 0x5B, 0x32, 0x4A], "\\x1B[2J"),
        ([0x00, 0x7F, 0xC2, 0x9B], "\\x00\\x7F\\u{9B}"),
        (Array("a\u{202E}b\u{2066}c\u{2028}d".utf8), "a\\u{202E}b\\u{2066}c\\u{2028}d"),
        (Array("\u{E0041}".utf8), "\\u{E0041}"),
        (Array("a\r\nb\nc\rd\r\n".utf8), "a↵b↵c\\x0Dd↵"),
        (Array("tab\there".utf8), "tab\\x09here"),
    ]

    @Test(arguments: texts)
    func `nothing that controls a terminal survives`(_ octets: [UInt8], _ shown: String) {
        #expect(WireText.show(octets.span.bytes, 0..<octets.count) == shown)
    }

    @Test(arguments: texts.filter { String(validating: $0.0, as: UTF8.self) != nil })
    func `decoded text is shown as the octets are`(_ octets: [UInt8], _ shown: String) {
        #expect(WireText.show(String(decoding: octets, as: UTF8.self)) == shown)
    }

    @Test
    func `long text is cut`() {
        let octets = [UInt8](repeating: 0x61, count: 100)
        #expect(WireText.show(octets.span.bytes, 0..<100, limit: 3) == "aaa…")
    }
}
