import Testing
import Traffic

@testable import Commands

@Suite struct BreakTests {
    @Test(arguments: [
        ("f", BreakCommand.forward), ("FORWARD", .forward), ("  forw", .forward), ("e", .edit), ("drop", .drop),
        ("k", .kill),
        ("a NO [NOPERM] not today", .answer("NO [NOPERM] not today")), ("answer ok  fine ", .answer("ok  fine")),
    ])
    func `words may be cut short`(line: String, command: BreakCommand) {
        #expect(BreakCommand(line, isCommand: true) == command)
    }

    @Test(arguments: [
        "", "  ", "x", "forwards", "f now", "answer", "a MAYBE no", "a NO", "a NO sm\u{F8}rrebr\u{F8}d", "a NO a\u{7}b",
    ])
    func `what is no decision is explained and decides nothing`(line: String) {
        guard case .explain = BreakCommand(line, isCommand: true) else {
            Issue.record("“\(line)” was taken for a decision")
            return
        }
    }

    @Test func `only a command can be answered`() {
        guard case .explain = BreakCommand("a NO no", isCommand: false) else {
            Issue.record("an answer to a server")
            return
        }
    }

    // MARK: - The text in the editor

    @Test(arguments: [
        "a1 SELECT INBOX\r\n", "", "\r\n", "\r\n\r\n", "no line end", "* FLAGS (\\Seen \\x41 \\xZZ \\\\x41)\r\n",
        "a\rb\nc\r\r\n\n",
        "\0\u{1}\t\u{7F}\u{1B}[31m\r\n", "gr\u{FC}n \u{85} \u{202E} \u{2039}masked 1\u{203A} \u{1F600}\r\n",
        "a1 APPEND x {4}\r\n\r\n\r\n\r\n", "ends with cr\r", "ends with lf\n",
    ])
    func `an unchanged text is the same octets again`(message: String) {
        let octets = Array(message.utf8)
        let text = EditableText(octets, secrets: [])
        #expect(text.octets(of: Array(text.text.utf8)) == octets)
        #expect(!text.text.utf8.contains { $0 < 0x20 && $0 != 0x0A })
    }

    @Test func `every octet comes back`() {
        let octets = (0...255).map { UInt8($0) } + (0...255).reversed().map { UInt8($0) } + [0x0D, 0x0A]
        let text = EditableText(octets, secrets: [])
        #expect(text.octets(of: Array(text.text.utf8)) == octets)
        #expect(String(validating: Array(text.text.utf8), as: UTF8.self) != nil)
    }

    @Test func `secrets are not in the text and come back in their places`() {
        let octets = Array("a1 LOGIN joe hunter2 sword\r\n".utf8)
        let text = EditableText(octets, secrets: [13..<20, 21..<26])
        #expect(text.text == "a1 LOGIN joe \u{2039}masked 1\u{203A} \u{2039}masked 2\u{203A}\n")
        #expect(text.octets(of: Array(text.text.utf8)) == octets)
        let swapped = "a1 LOGIN jane \u{2039}masked 2\u{203A}"
        #expect(text.octets(of: Array(swapped.utf8)) == Array("a1 LOGIN jane sword\r\n".utf8))
        #expect(text.octets(of: Array("a1 LOGIN joe \u{2039}masked 3\u{203A}".utf8)) == nil)
        #expect(text.octets(of: Array("a1 LOGIN joe \u{2039}masked x".utf8)) == nil)
    }

    @Test(arguments: [
        ("a NOOP\n", "a NOOP\r\n"), ("a NOOP", "a NOOP\r\n"), ("a NOOP\r\n", "a NOOP\r\n"),
        ("a\\x00b\n\n", "a\0b\r\n\r\n"),
    ])
    func `line ends are the protocol's, however the editor writes them`(edited: String, sent: String) {
        let text = EditableText(Array("x\r\n".utf8), secrets: [])
        #expect(text.octets(of: Array(edited.utf8)) == Array(sent.utf8))
    }

    @Test func `a message without line end gets none from the editor`() {
        let text = EditableText(Array("x".utf8), secrets: [])
        #expect(text.octets(of: Array("xyz\n".utf8)) == Array("xyz".utf8))
    }

    @Test func `a shown message cannot speak to the terminal, and long ones are cut`() {
        var message = WaitingMessage(
            id: 1,
            connection: ConnectionID(3),
            direction: .server,
            octets: Array("* OK \u{1B}[2J\u{202E}\u{9B}31m\r\n".utf8),
            secrets: [],
            isCommand: false,
            check: { _ in nil },
            decide: { _ in }
        )
        let shown = BreakText.message(message, remaining: 30, others: 2)
        #expect(shown.contains("#3 waits") && shown.contains("forwarded in 30 s") && shown.contains("2 more wait"))
        #expect(!shown.unicodeScalars.contains { [0x1B, 0x9B, 0x202E].contains($0.value) })
        message.octets = Array(String(repeating: "line\r\n", count: 1000).utf8)
        #expect(BreakText.message(message, remaining: nil, others: 0).contains("976 more lines"))
    }
}
