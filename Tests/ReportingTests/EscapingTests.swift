import Testing

@testable import Reporting

@Suite
struct EscapingTests {
    private func escaped(_ octets: [UInt8], _ rule: EscapeRule) -> String {
        String(rendering: { $0.append(octets.span.bytes, escaped: rule) })
    }

    @Test(arguments: [
        ("plain \\Seen \"quoted\" </script>", "plain \\Seen \"quoted\" </script>"),
        ("\u{1B}[31mred", #"\x1B[31mred"#),
        ("a\u{0}b\tc\r\n\u{7F}", #"a\x00b\x09c\x0D\x0A\x7F"#),
        ("\u{85}\u{9B}31m", #"\u{85}\u{9B}31m"#),
        ("abc\u{202E}def\u{2066}\u{200F}\u{61C}", #"abc\u{202E}def\u{2066}\u{200F}\u{61C}"#),
        ("\u{2028}\u{FEFF}\u{E0041}", #"\u{2028}\u{FEFF}\u{E0041}"#),
        ("Grüße, 日本語 😀", "Grüße, 日本語 😀"),
    ])
    func `nothing reaches a terminal that it would obey`(text: String, expected: String) {
        #expect(self.escaped(Array(text.utf8), .terminal) == expected)
    }

    @Test(arguments: [
        ([0xFF, 0x41], #"\xFFA"#),
        ([0xC3], #"\xC3"#),
        ([0xC0, 0x9B], #"\xC0\x9B"#),
        ([0xE0, 0x80, 0x9B], #"\xE0\x80\x9B"#),
        ([0xED, 0xA0, 0x80], #"\xED\xA0\x80"#),
        ([0xF4, 0x90, 0x80, 0x80], #"\xF4\x90\x80\x80"#),
        ([0xE2, 0x82], #"\xE2\x82"#),
        ([0x9B, 0x33, 0x31, 0x6D], #"\x9B31m"#),
    ])
    func `octets that are not UTF-8 are shown one by one`(octets: [UInt8], expected: String) {
        #expect(self.escaped(octets, .terminal) == expected)
        #expect(self.escaped(octets, .jsonText) == expected.replacing("\\", with: "\\\\"))
    }

    @Test(arguments: [
        (#"a "b" \Seen"#, #"a \"b\" \\\\Seen"#, #"a \"b\" \\Seen"#),
        ("\u{1}\u{1B}\u{7F}", #"\\x01\\x1B\\x7F"#, #"\\x01\\x1B\\x7F"#),
        ("</script>", #"<\/script>"#, #"<\/script>"#),
        ("<a/b>", "<a/b>", "<a/b>"),
        ("\u{2028}\u{2029}\u{202E}", #"\u2028\u2029\u202E"#, #"\u2028\u2029\u202E"#),
        ("\u{E0041}", #"\uDB40\uDC41"#, #"\uDB40\uDC41"#),
        ("\u{85}", #"\\xC2\\x85"#, #"\\xC2\\x85"#),
        ("日本語 😀", "日本語 😀", "日本語 😀"),
    ])
    func `JSON strings hold no octet that ends or bends them`(text: String, asText: String, asProse: String) {
        #expect(self.escaped(Array(text.utf8), .jsonText) == asText)
        #expect(self.escaped(Array(text.utf8), .jsonProse) == asProse)
    }

    @Test func `every octet at every place around a vector's width is escaped alike`() {
        for octet in UInt8.min...UInt8.max {
            let alone = self.escaped([octet], .jsonText)
            for place in 0..<40 {
                var octets = [UInt8](repeating: UInt8(ascii: "a"), count: 40)
                octets[place] = octet
                let before = String(repeating: "a", count: place)
                let after = String(repeating: "a", count: 39 - place)
                #expect(self.escaped(octets, .jsonText) == before + alone + after)
            }
        }
    }

    @Test func `long texts of the worst octets are escaped whole`() {
        let bidi = Array(String(repeating: "\u{202E}", count: 5_000).utf8)
        #expect(self.escaped(bidi, .terminal) == String(repeating: #"\u{202E}"#, count: 5_000))
        let controls = [UInt8](repeating: 1, count: 10_000)
        #expect(self.escaped(controls, .jsonText) == String(repeating: #"\\x01"#, count: 10_000))
        let letters = [UInt8](repeating: UInt8(ascii: "x"), count: 10_000)
        #expect(self.escaped(letters, .jsonText) == String(repeating: "x", count: 10_000))
    }

    @Test func `what JSON text holds can be turned back into octets`() throws {
        let octets = (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 197 &+ $0 >> 3) }
        let value = try JSONValue.parse("\"" + self.escaped(octets, .jsonText) + "\"")
        let text = try #require(value.string)
        var restored: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let octet = rest.popFirst() {
            guard octet == UInt8(ascii: "\\") else {
                restored.append(octet)
                continue
            }
            if rest.popFirst() == UInt8(ascii: "x") {
                restored.append(try #require(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)))
                rest = rest.dropFirst(2)
            } else {
                restored.append(UInt8(ascii: "\\"))
            }
        }
        #expect(restored == octets)
    }
}
