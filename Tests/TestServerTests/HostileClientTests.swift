import Testing

@testable import TestServer

@Suite struct HostileClientTests {
    private static let words = [
        "FETCH", "UID", "STORE", "SEARCH", "LIST", "APPEND", "INBOX", "1:*", "*", "4294967295", "0", "BODY[",
        "BODY[1.2.MIME]",
        "BODY.PEEK[HEADER.FIELDS (X)]<4294967295.4294967295>", "(", ")", "\"", "\\", "{3+}\r\n", "{0+}\r\n", "FLAGS",
        "+FLAGS.SILENT", "\\Seen", "NOT", "OR", "ENVELOPE", "BODYSTRUCTURE", "RENAME", "COPY", "MOVE", "CREATE", "a.b",
        "\0",
        "\u{FF}", "IDLE", "DONE", "AUTHENTICATE", "PLAIN", "=", "SELECT", "EXPUNGE", "CLOSE", "\r\n", "\n", "~{1+}\r\n",
    ]

    /// Garbage made of the words of the language; every line that follows it must still be understood.
    @Test(arguments: 1...40)
    func `nothing that a client sends unsettles the server`(_ seed: UInt64) throws {
        var server = try Fixture.session()
        var state = seed
        func next(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        for _ in 0..<100 {
            let line = (0..<(1 + next(9))).map { _ in Self.words[next(Self.words.count)] }.joined(
                separator: next(4) == 0 ? "" : " "
            )
            _ = server.say("t \(line)\r\n")
        }
        // Leaves a literal, a quoted line and IDLE, whatever the garbage ended in.
        _ = server.say("\r\nDONE\r\n*\r\n\r\n")
        #expect(server.say("last NOOP\r\n").hasSuffix("last OK Nothing done\r\n"))
    }

    @Test func `deeply nested search keys are refused`() throws {
        var server = try Fixture.session()
        let nested = String(repeating: "NOT ", count: 10_000)
        #expect(server.say("a SEARCH \(nested)ALL\r\n") == "a BAD Search keys are nested too deeply\r\n")
    }

    @Test func `deeply nested parts end somewhere`() throws {
        let levels = 100
        var text = ""
        for _ in 0..<levels { text += "Content-Type: message/rfc822\r\n\r\n" }
        let octets = Array(text.utf8)
        var part = MIMEPart(octets)
        var depth = 0
        while case .message(let inner) = part.content { (part, depth) = (inner, depth + 1) }
        #expect(depth > 10 && depth < levels)
    }

    @Test func `octets after the end are ignored`() throws {
        var server = try Fixture.session()
        #expect(server.say("a LOGOUT\r\nb NOOP\r\n").lines.last == "a OK Logout completed")
        let answer = server.hear(Array("c NOOP\r\n".utf8))
        #expect(answer.octets.isEmpty && answer.close)
    }
}
