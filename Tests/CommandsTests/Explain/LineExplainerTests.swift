import IMAPProtocol
import Testing
import Traffic

@testable import Commands

@Suite struct LineExplainerTests {
    private func explained(_ lines: [String], _ direction: Direction) -> (text: String, parts: [String]) {
        let explainer = LineExplainer(
            format: .text,
            appearance: TranscriptAppearance(isColored: false, revealsSecrets: false)
        )
        var all = lines.compactMap { explainer.read(Array(($0 + "\r\n").utf8), direction) }
        if let last = explainer.finish() { all.append(last) }
        let text = all.map { String(decoding: $0.rendered, as: UTF8.self) }.joined()
        return (text, all.flatMap(\.parts).map { "\($0.kind.title) \($0.name)" })
    }

    @Test(arguments: [
        (
            "a1 UID FETCH 1:* (FLAGS BODY.PEEK[HEADER.FIELDS (DATE)]) (CHANGEDSINCE 5)",
            [
                "command FETCH", "command UID", "FETCH item FLAGS", "FETCH item BODY.PEEK",
                "section part HEADER.FIELDS",
                "FETCH modifier CHANGEDSINCE",
            ]
        ),
        ("a STORE 1 +FLAGS.SILENT (\\Seen foo)", ["command STORE", "STORE item +FLAGS.SILENT", "flag \\Seen"]),
        (
            "a SEARCH SUBJECT ALL NOT SEEN",
            ["command SEARCH", "SEARCH key SUBJECT", "SEARCH key NOT", "SEARCH key SEEN"]
        ),
        ("a SEARCH HEADER TO SEEN SEEN", ["command SEARCH", "SEARCH key HEADER", "SEARCH key SEEN"]),
        (
            "a UID SORT RETURN (COUNT) (REVERSE DATE) UTF-8 UNSEEN",
            [
                "command SORT", "command UID", "SEARCH return option COUNT", "SORT key REVERSE", "SORT key DATE",
                "SEARCH key UNSEEN",
            ]
        ),
        ("a THREAD REFS UTF-8 ALL", ["command THREAD", "THREAD algorithm REFS", "SEARCH key ALL"]),
        ("a STATUS MESSAGES (UNSEEN)", ["command STATUS", "STATUS item UNSEEN"]),
        ("a AUTHENTICATE CRAM-MD5", ["command AUTHENTICATE", "SASL mechanism CRAM-MD5"]),
        ("a ENABLE QRESYNC", ["command ENABLE", "ENABLE name QRESYNC"]),
        ("a SELECT CONDSTORE (CONDSTORE)", ["command SELECT", "SELECT parameter CONDSTORE"]),
        (
            "a GETMETADATA (DEPTH 1) x /private/vendor/y",
            [
                "command GETMETADATA", "GETMETADATA option DEPTH", "metadata entry /private/vendor",
            ]
        ),
        ("a APPEND x (\\Draft) {3+}", ["command APPEND", "flag \\Draft", "form on the wire {n+}"]),
    ])
    func `the names in a command are found where they stand for something`(line: String, parts: [String]) {
        #expect(self.explained([line], .client).parts == parts)
    }

    @Test(arguments: [
        (
            "* 12 FETCH (UID 4 FLAGS (\\Seen) ENVELOPE (NIL \"FLAGS\" NIL NIL NIL NIL NIL NIL NIL NIL))",
            ["response FETCH", "FETCH item UID", "FETCH item FLAGS", "flag \\Seen", "FETCH item ENVELOPE"]
        ),
        ("* OK [UIDNEXT 5] FETCH", ["response OK", "response code UIDNEXT"]),
        (
            "a OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ok",
            ["response OK", "response code CAPABILITY", "capability IMAP4rev1", "SASL mechanism PLAIN"]
        ),
        (
            "* OK [PERMANENTFLAGS (\\Seen \\*)] IDLE",
            [
                "response OK", "response code PERMANENTFLAGS", "flag \\Seen", "flag \\*",
            ]
        ),
        ("* LIST (\\HasChildren) \"/\" \\Sent", ["response LIST", "mailbox attribute \\HasChildren"]),
        ("* ESEARCH (TAG \"a\") UID COUNT 5", ["response ESEARCH", "ESEARCH data item COUNT"]),
        ("* ID (\"name\" \"version\" \"os\" NIL)", ["response ID", "ID field name", "ID field os"]),
        ("+ idling", ["form on the wire +"]),
        ("* [COPYUID 1 2 3]", ["response OK", "response code COPYUID"]),
    ])
    func `the names in a response are found where they stand for something`(line: String, parts: [String]) {
        #expect(self.explained([line], .server).parts == parts)
    }

    @Test func `passwords are masked, in LOGIN and behind AUTHENTICATE`() {
        #expect(!self.explained(["a LOGIN joe s3cret-word"], .client).text.contains("s3cret"))
        #expect(!self.explained(["a LOGIN joe {6}", "s3cret"], .client).text.contains("s3cret"))
        let sasl = self.explained(["a AUTHENTICATE PLAIN", "AGpvZQBzM2NyZXQ=", "b NOOP"], .client)
        #expect(!sasl.text.contains("AGpvZQ"))
        #expect(sasl.text.contains("NOOP"))
    }

    @Test func `a line that announces a literal waits for it`() {
        let explainer = LineExplainer(
            format: .text,
            appearance: TranscriptAppearance(isColored: false, revealsSecrets: false)
        )
        #expect(explainer.read(Array("* 1 FETCH (BODY[] {3}\r\n".utf8), .server) == nil)
        #expect(explainer.unfinished == .server)
        #expect(explainer.read(Array("abc)\r\n".utf8), .server) != nil)
        #expect(explainer.unfinished == nil)
    }
}
