import IMAPWire
import Testing
import Traffic

private func tokens(_ text: String, literalPrefix: Int = 4096) -> [String] {
    let octets = Array(text.utf8)
    var tokenizer = Tokenizer(literalPrefix: literalPrefix)
    var result: [String] = []
    while let token = tokenizer.next(in: octets.span.bytes) {
        let content = String(decoding: octets[token.range], as: UTF8.self)
        let gap = token.spaceBefore ? " " : ""
        switch token.kind {
        case .atom: result.append("\(gap)\(content)")
        case .quoted: result.append("\(gap)\"\(content)\"")
        case .literal: result.append("\(gap)lit:\(content)")
        case .listOpen: result.append("\(gap)(")
        case .listClose: result.append("\(gap))")
        case .section: result.append("\(gap)sec:\(content)")
        case .unterminatedQuoted: result.append("\(gap)open:\(content)")
        case .stray: result.append("\(gap)stray:\(content)")
        case .lineEnd: result.append("\(gap)end")
        }
    }
    return result
}

@Suite("Tokenizer")
struct TokenizerTests {
    @Test(
        "tokens of a line",
        arguments: [
            ("a NOOP\r\n", [" a", " NOOP", "end"]),
            (
                "* 12 FETCH (FLAGS (\\Seen $Junk) UID 7)\r\n",
                [" *", " 12", " FETCH", " (", "FLAGS", " (", "\\Seen", " $Junk", ")", " UID", " 7", ")", "end"]
            ),
            ("a \"q \\\" \\\\\" b\r\n", [" a", " \"q \\\" \\\\\"", " b", "end"]),
            ("a \"only two escapes \\x\"\r\n", [" a", " \"only two escapes \\x\"", "end"]),
            ("a \"open\r\n", [" a", " open:open", "end"]),
            ("a {3}\r\nxyz b\r\n", [" a", " lit:xyz", " b", "end"]),
            ("a ~{3+}\r\nxyz\r\n", [" a", " lit:xyz", "end"]),
            ("a ~foo ~{x}\r\n", [" a", " ~foo", " ~", "stray:{", "x}", "end"]),
            ("a {x}\r\n", [" a", " stray:{", "x}", "end"]),
            ("a {99999999999999999999}\r\n", [" a", " stray:{", "99999999999999999999}", "end"]),
            (
                "a BODY[HEADER.FIELDS (SUBJECT \"a]b\")]<0.100> x\r\n",
                [" a", " sec:BODY[HEADER.FIELDS (SUBJECT \"a]b\")]<0.100>", " x", "end"]
            ),
            (
                "body.peek[] BINARY.SIZE[1.2] RFC822[x]\r\n",
                [" sec:body.peek[]", " sec:BINARY.SIZE[1.2]", " RFC822[x]", "end"]
            ),
            ("a BODY[1\r\n", [" a", " sec:BODY[1", "end"]),
            ("a LIST \"\" %.*\r\n", [" a", " LIST", " \"\"", " %.*", "end"]),
            ("((a)(b))\n", [" (", "(", "a", ")", "(", "b", ")", ")", "end"]),
            ("* STATUS \"é\" (X)\r\n", [" *", " STATUS", " \"é\"", " (", "X", ")", "end"]),
        ] as [(String, [String])]
    )
    func line(_ text: String, _ expected: [String]) {
        #expect(tokens(text) == expected)
    }

    @Test("a literal longer than the kept prefix is followed by what comes after it")
    func literalPrefix() {
        #expect(tokens("a {10}\r\n0123 b\r\n", literalPrefix: 4) == [" a", " lit:0123", " b", "end"])
    }

    @Test("any octets lex to the end without a trap")
    func hostile() {
        var random = SystemRandomNumberGenerator()
        let alphabet: [UInt8] = Array("BODY[]<>{}0129+~\"\\\r\n() ".utf8) + [0, 0x80]
        for _ in 0..<2000 {
            let octets = (0..<Int.random(in: 0...60)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            var tokenizer = Tokenizer()
            var last = 0
            while let token = tokenizer.next(in: octets.span.bytes) {
                #expect(token.offset >= last && token.range.upperBound <= octets.count)
                #expect(tokenizer.position > last)
                last = tokenizer.position
            }
        }
    }
}
