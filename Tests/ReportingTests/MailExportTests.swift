import IMAPSession
import IMAPWire
import Reporting
import Testing
import Traffic

/// A folder in memory.
private final class MemoryFolder: MailFolder {
    var files: [String: [UInt8]] = [:]
    private(set) var largestWrite = 0

    func create(_ name: String) { self.files[name] = [] }

    func append(_ octets: RawSpan, to name: String) {
        self.largestWrite = max(self.largestWrite, octets.byteCount)
        octets.withUnsafeBytes { self.files[name]?.append(contentsOf: $0) }
    }

    func close(_ name: String, as last: String) {
        self.files[last] = self.files.removeValue(forKey: name)
    }

    func text(_ name: String) -> String? { self.files[name].map { String(decoding: $0, as: UTF8.self) } }
}

@Suite
struct MailExportTests {
    private struct Exported {
        var folder: MemoryFolder
        var index: [JSONValue]

        subscript(_ name: String) -> String? { self.folder.text(name)?.replacing("\r\n", with: "|") }
        var names: [String] { self.folder.files.keys.sorted() }
    }

    private static func export(_ steps: [PlayedSession.Step], chunk: Int? = nil) throws -> Exported {
        let folder = MemoryFolder()
        let index = CapturedOutput()
        let sink = MailExport(folder: folder, index: index)
        PlayedSession.play(steps, into: sink, chunk: chunk)
        sink.end()
        return Exported(folder: folder, index: try index.lines.map(JSONValue.parse))
    }

    private static let beginning: [PlayedSession.Step] = [
        .server("* PREAUTH hi|"), .client("a SELECT INBOX|"), .server("* 9 EXISTS|a OK done|"),
    ]

    @Test(arguments: [nil, 1, 7, 4_096] as [Int?])
    func `each message is a file with its octets, however they come`(chunk: Int?) throws {
        let exported = try Self.export(PlayedSession.mail(), chunk: chunk)
        #expect(exported.names == ["1-1-uid11.eml", "1-2-uid12.eml", "1-3-uid77.eml"])
        #expect(exported["1-1-uid11.eml"] == "Subject: one||Hi")
        #expect(exported["1-3-uid77.eml"] == "Subject: x||")
        let long = try #require(exported["1-2-uid12.eml"])
        #expect(long.hasPrefix("Subject: long||0123456789 abcdef|") && long.hasSuffix("abcdef|"))
        #expect(exported.folder.files["1-2-uid12.eml"]?.count == 17 + 10_000 / 18 * 19)
    }

    @Test func `the index says of each file what it is`() throws {
        let index = try Self.export(PlayedSession.mail()).index
        #expect(index.map { $0["file"]?.string } == ["1-1-uid11.eml", "1-2-uid12.eml", "1-3-uid77.eml"])
        #expect(index.map { $0["command"]?.string } == ["FETCH", "FETCH", "APPEND"])
        #expect(index.map { $0["mailbox"]?.string } == ["INBOX", "INBOX", "due today"])
        #expect(index.map { $0["uid"]?.number } == [11, 12, 77])
        #expect(index.map { $0["number"]?.number } == [1, 2, nil])
        #expect(index.map { $0["flags"]?.string } == ["\\Seen", "", "\\Draft"])
        #expect(index.map { $0["status"]?.string } == [nil, nil, "OK"])
        #expect(index.allSatisfy { $0["complete"] == .bool(true) && $0["session"] == .number(1) })
        #expect(index.first?["size"] == .number(18))
        #expect(index.first?["time"]?.string?.hasPrefix("2026-11-23T10:00:01.") == true)
    }

    @Test(arguments: [
        ("* 1 FETCH (RFC822 {4}|abcd)|", ["1-1.eml"]),
        ("* 1 FETCH (rfc822 {4}|abcd UID 5)|", ["1-1-uid5.eml"]),
        ("* 1 FETCH (BODY[] \"a\\\"bc\")|", ["1-1.eml"]),
        ("* 1 FETCH (BODY[] NIL)|", []),
        ("* 1 FETCH (BODY[TEXT] {4}|abcd)|", []),
        ("* 1 FETCH (BODY[HEADER.FIELDS (\"BODY[] {4}\")] {4}|abcd)|", []),
        ("* 1 FETCH (BINARY[] ~{4}|abcd)|", []),
        ("* 1 FETCH (ENVELOPE (\"x\" {15}|BODY[] {4}|abcd NIL) BODY[] {4}|abcd)|", ["1-1.eml"]),
        ("* OK BODY[] {4}|", []),
    ])
    func `only what is a whole message is exported`(response: String, names: [String]) throws {
        let exported = try Self.export(Self.beginning + [.client("b FETCH 1 x|"), .server(response + "b OK|")])
        #expect(exported.names == names)
        for name in names { #expect(["abcd", "a\"bc"].contains(exported[name])) }
    }

    @Test func `parts that follow each other are one file, complete when one is shorter than asked for`() throws {
        let exported = try Self.export(
            Self.beginning + [
                .client("b UID FETCH 5 BODY.PEEK[]<0.4>|"), .server("* 2 FETCH (UID 5 BODY[]<0> {4}|abcd)|b OK|"),
                .client("c UID FETCH 5 BODY.PEEK[]<4.4>|"), .server("* 2 FETCH (UID 5 BODY[]<4> {4}|efgh)|c OK|"),
                .client("d UID FETCH 5 BODY.PEEK[]<8.4>|"), .server("* 2 FETCH (UID 5 BODY[]<8> \"ij\")|d OK|"),
            ]
        )
        #expect(exported.names == ["1-1-uid5.eml"])
        #expect(exported["1-1-uid5.eml"] == "abcdefghij")
        #expect(exported.index.count == 1)
    }

    @Test func `parts are complete when they reach the size that the server told`() throws {
        let exported = try Self.export(
            Self.beginning + [
                .client("b FETCH 2 RFC822.SIZE|"), .server("* 2 FETCH (RFC822.SIZE 8)|b OK|"),
                .client("c FETCH 2 BODY[]<0.4>|"), .server("* 2 FETCH (BODY[]<0> {4}|abcd)|c OK|"),
                .client("d FETCH 2 BODY[]<4.4>|"), .server("* 2 FETCH (BODY[]<4> {4}|efgh)|d OK|"),
            ]
        )
        #expect(exported.names == ["1-1.eml"])
    }

    @Test(arguments: ["* 2 FETCH (BODY[]<8> {4}|efgh)", "* 1 EXPUNGE|* 2 FETCH (BODY[]<4> {4}|efgh)"])
    func `parts with a hole between them, or of renumbered messages, stay parts`(second: String) throws {
        let exported = try Self.export(
            Self.beginning + [
                .client("b FETCH 2 BODY[]<0.4>|"), .server("* 2 FETCH (BODY[]<0> {4}|abcd)|b OK|"),
                .client("c FETCH 2 BODY[]<8.4>|"), .server(second + "|c OK|"),
            ]
        )
        #expect(exported.names.count == 2)
        #expect(exported.names.allSatisfy { $0.hasSuffix(".part") })
        #expect(exported["1-1.part"] == "abcd")
        #expect(exported.index.allSatisfy { $0["complete"] == .bool(false) })
    }

    @Test func `a message that broke off or has a hole is a part`() throws {
        let text = String(repeating: "x", count: 6_000)
        let exported = try Self.export(
            Self.beginning + [
                .client("b FETCH 1:2 BODY[]|"), .server("* 1 FETCH (BODY[] {9000}|\(text)"), .gap(.server, 1_000),
                .server(String(text.prefix(2_000)) + ")|"), .server("* 2 FETCH (BODY[] {9000}|\(text)"),
            ]
        )
        #expect(exported.names == ["1-1.part", "1-2.part"])
        #expect(exported.index.map { $0["size"]?.number } == [8_000, 6_000])
        #expect(exported.index.map { $0["missing"]?.number } == [1_000, 3_000])
        #expect(exported["1-1.part"]?.utf8.count == 8_000)
    }

    @Test func `several messages of one APPEND, literal8 in UTF8, and one that the server refused`() throws {
        let exported = try Self.export([
            .server("* PREAUTH hi|"),
            .client("a APPEND x (\\Seen) {3+}|one \"12-Oct-2026 10:00:00 +0000\" ~{3+}|two UTF8 (~{5+}|three)|"),
            .server("a OK [APPENDUID 1 5:6,9] done|"), .client("b APPEND {1}|"), .server("+|"), .client("y {4}|"),
            .server("b NO [TOOBIG] no|"), .client("c APPEND z CATENATE (TEXT {4+}|part URL \"/x\")|"), .server("c OK|"),
        ])
        #expect(exported.names == ["1-1-uid5.eml", "1-2-uid6.eml", "1-3-uid9.eml"])
        #expect(exported["1-3-uid9.eml"] == "three")
        #expect(exported.index.map { $0["flags"]?.string } == ["\\Seen", nil, nil])
    }

    @Test func `a refused APPEND keeps what was sent and says so`() throws {
        let exported = try Self.export([
            .server("* PREAUTH hi|"), .client("a APPEND x {3+}|one|"), .server("a NO [OVERQUOTA] full|"),
        ])
        #expect(exported.names == ["1-1.eml"])
        #expect(exported.index.first?["status"] == .string("NO"))
    }

    @Test func `names never come from the wire, and a password in a message is masked`() throws {
        let evil = "Subject: ../../etc/passwd \(PlayedSession.password)"
        let exported = try Self.export([
            .server("* OK hi|"), .client("a LOGIN joe \(PlayedSession.password)|"), .server("a OK|"),
            .client("b SELECT \"../../evil\"|"), .server("* 1 EXISTS|b OK|"), .client("c FETCH 1 BODY[]|"),
            .server("* 1 FETCH (UID 99999999999 BODY[] {\(evil.utf8.count)}|\(evil))|c OK|"),
        ])
        #expect(exported.names == ["1-1.eml"])
        #expect(exported["1-1.eml"] == "Subject: ../../etc/passwd ****************")
        #expect(exported.index.first?["mailbox"] == .string("../../evil"))
    }

    @Test func `a long message is written as it passes`() throws {
        let exported = try Self.export(PlayedSession.mail(long: 1_000_000), chunk: 16_384)
        #expect(exported.folder.largestWrite <= 32_768)
        #expect(exported.index.allSatisfy { $0["complete"] == .bool(true) })
    }
}
