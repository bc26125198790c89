import IMAPSession
import IMAPWire
import Testing
import Traffic

/// UTF-8 in quoted strings and mailbox names: odd before both sides agreed on it, right from then on.
struct UTF8Tests {
    private static let login: [Step] = [.s("* PREAUTH hello|")]
    private static let list: [Step] = [
        .c("l LIST \"\" \"Überblick\"|"), .s("* LIST () \"/\" \"Überblick\"|l OK done|"),
    ]

    /// The notes and findings about octets above 0x7F.
    private static func seen(_ steps: [Step]) -> [String] {
        let recorder = play(login + steps, options: SessionOptions(checksSyntax: true))
        return (recorder.notes + recorder.findings).filter { $0 == "eight-bit" || $0 == "syntax" }
    }

    @Test
    func `UTF-8 in strings that nobody agreed on is noted in both directions`() {
        #expect(Self.seen(Self.list) == ["eight-bit", "eight-bit"])
    }

    @Test(arguments: [
        "* ENABLED UTF8=ACCEPT|e OK done|", "* ENABLED IMAP4rev2 CONDSTORE|e OK done|", "e OK without ENABLED|",
    ])
    func `once the server has confirmed it nothing is noted`(_ answer: String) {
        #expect(Self.seen([.c("e ENABLE UTF8=ACCEPT IMAP4rev2|"), .s(answer)] + Self.list).isEmpty)
    }

    @Test(arguments: ["e NO not now|", "* ENABLED CONDSTORE|e OK done|", "* ENABLED|e OK done|"])
    func `what was asked for and not confirmed changes nothing`(_ answer: String) {
        #expect(Self.seen([.c("e ENABLE UTF8=ACCEPT|"), .s(answer)] + Self.list) == ["eight-bit", "eight-bit"])
    }

    @Test
    func `UNAUTHENTICATE takes it back`() {
        let steps: [Step] = [
            .c("e ENABLE UTF8=ACCEPT|"), .s("* ENABLED UTF8=ACCEPT|e OK done|"),
            .c("u UNAUTHENTICATE|"), .s("u OK done|"),
            .c("i LOGIN joe \"geheim\"|"), .s("i OK done|"),
        ]
        #expect(Self.seen(steps + Self.list) == ["eight-bit", "eight-bit"])
    }

    @Test(arguments: [("IMAP4rev2", 0), ("IMAP4rev1 IMAP4rev2", 2), ("IMAP4rev1", 2)])
    func `a server that knows only IMAP4rev2 need not be asked`(_ capabilities: String, _ notes: Int) {
        let steps: [Step] = [.c("c CAPABILITY|"), .s("* CAPABILITY \(capabilities)|c OK done|")]
        #expect(Self.seen(steps + Self.list).count == notes)
    }

    @Test(arguments: [Direction.client, .server])
    func `one direction alone is read in the same way`(_ direction: Direction) {
        let isClient = direction == .client
        let name = isClient ? "a LIST \"\" \"Überblick\"\r\n" : "* LIST () \"/\" \"Überblick\"\r\n"
        let enable = isClient ? "b ENABLE UTF8=ACCEPT\r\n" : "* ENABLED UTF8=ACCEPT\r\n"
        #expect(Self.notes(of: Array((name + enable + name).utf8), direction) == [["eight-bit"], [], []])
    }

    @Test
    func `a client that unauthenticates has to ask again`() {
        let list = "a LIST \"\" \"Überblick\"\r\n"
        let stream = "b ENABLE UTF8=ACCEPT\r\n" + list + "c UNAUTHENTICATE\r\n" + list
        #expect(Self.notes(of: Array(stream.utf8), .client) == [[], [], [], ["eight-bit"]])
    }

    @Test
    func `strings that should be UTF-8 and are not are found, where and by whom`() throws {
        let enabled = Array("* ENABLED UTF8=ACCEPT\r\n".utf8)
        let broken = Array("* LIST () \"/\" \"a".utf8) + [0xC3, 0x28] + Array("\"\r\n".utf8)
        let findings = Self.findings(of: enabled + broken, .server)
        #expect(findings.count == 2)
        let finding = try #require(findings.last?.first)
        #expect(finding.id == "syntax")
        #expect(finding.blame == .server)
        #expect(finding.text.hasSuffix("in the string at offset 14 of the message"))
        #expect(Self.notes(of: broken, .server) == [["eight-bit"]])
    }

    private static func notes(of stream: [UInt8], _ direction: Direction) -> [[String]] {
        self.findings(of: stream, direction).map { $0.map(\.id) }
    }

    private static func findings(of stream: [UInt8], _ direction: Direction) -> [[Finding]] {
        let collector = Collector()
        var parser = StreamParser(direction: direction, checksSyntax: true)
        parser.feed(stream.span.bytes, to: collector)
        parser.finish(to: collector)
        return collector.findings
    }
}

/// The findings of each message.
private final class Collector: SessionObserver {
    var findings: [[Finding]] = []
    func message(_ message: Message, text: RawSpan, secrets: [Secret]) { self.findings.append(message.findings) }
    func announced(_ message: Message, text: RawSpan) {}
    func literal(_ piece: LiteralPiece, octets: RawSpan) {}
    func event(_ event: SessionEvent) {}
}
