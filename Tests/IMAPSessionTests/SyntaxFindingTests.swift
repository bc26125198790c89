import IMAPSession
import Testing

/// The finding that a message does not follow the grammar.
struct SyntaxFindingTests {
    /// The texts of the findings of a session that read `client` and `server`.
    private func findings(client: String, server: String, checksSyntax: Bool = true) -> [Finding] {
        let steps: [Step] = [.s("* OK hello|"), .c(client + "|"), .s(server + "|")]
        let recorder = play(steps, options: SessionOptions(checksSyntax: checksSyntax), end: false)
        return recorder.messageFindings.filter { $0.id == "syntax" }
    }

    @Test
    func `a message that leaves the grammar says where and what was expected`() throws {
        let finding = try #require(self.findings(client: "a NOOP x", server: "a OK done").first)
        #expect(finding.text == "does not follow the grammar: expected crlf, found an atom at offset 7 of the message")
        #expect(finding.blame == .client)
        #expect(finding.severity == .low)
        let answer = try #require(self.findings(client: "a NOOP", server: "* FLAGS").first)
        #expect(answer.text.contains("expected flag-list, found the end of the line at offset 7"))
        #expect(answer.blame == .server)
        #expect(answer.offset == 12)
    }

    @Test
    func `a right message, and one that only deviates in a known way, have no finding`() {
        #expect(self.findings(client: "a NOOP", server: "* STATUS x (MESSAGES 1) ").isEmpty)
        #expect(self.findings(client: "a XUNHEARD (b {1+}\r\nc)", server: "* XODD (1)").isEmpty)
    }

    @Test
    func `nothing is read that nobody asked for`() {
        #expect(self.findings(client: "a NOOP x", server: "* FLAGS", checksSyntax: false).isEmpty)
    }

    @Test(arguments: ["a LOGIN joe pass{word", "a LOGIN joe secret (", "a LOGIN joe \"open", "a LOGIN joe secret more"])
    func `a finding does not tell what a password holds or how long it is`(_ line: String) throws {
        let finding = try #require(self.findings(client: line, server: "a BAD x").first)
        #expect(finding.text.contains("at or behind offset 1"))
        #expect(!finding.text.contains("found"))
    }
}
