import IMAPProtocol
import IMAPSession
import IMAPWire
import Masking
import RuleEngine
import SASL
import ShippedRules
import Testing
import Traffic

/// Keeps everything that a sink can get hold of.
private final class GreedySink: SessionSink {
    var output = ""
    var texts: [String] = []
    let wantsLiterals = true

    func demand(for message: Message, session: ConnectionID) -> TextDemand { .text }

    func message(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
        let shown = text.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        self.texts.append(shown)
        self.output += shown
        dump(message.message, to: &self.output)
    }

    func announced(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
        self.output += text.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        dump(message.message, to: &self.output)
    }

    func literal(_ piece: LiteralPiece, octets: RawSpan, session: ConnectionID) {
        self.output += octets.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }

    func event(_ event: SessionEvent, session: ConnectionID) { dump(event, to: &self.output) }
}

@Suite struct RedactionTests {
    private static func shareSafe() throws -> RuleSet {
        let octets = try #require(ShippedRules.files.first { $0.name == "share-safe" }?.octets)
        return RuleSet(try RuleFile(path: "share-safe", parsing: String(decoding: octets, as: UTF8.self)).rules)
    }

    private static func play(
        _ steps: [(Direction, String)],
        _ rules: RuleSet,
        chunk: Int = .max,
        session number: UInt64 = 1
    ) -> GreedySink {
        let sink = GreedySink()
        let limits = WireLimits(messageText: 4_000, literalPrefix: 24)
        let stage = MaskingStage(
            connection: ConnectionID(number),
            sinks: [sink],
            literalPrefix: limits.literalPrefix,
            redaction: rules.redaction(for: ConnectionID(number), literalPrefix: limits.literalPrefix)
        )
        var session = Session(
            description: SessionDescription(
                connection: ConnectionID(number),
                client: Endpoint(host: "198.51.100.23", port: 50_000),
                server: Endpoint(host: "mail.zebra-canary.example", port: 143),
                clientLeg: "cleartext",
                upstreamLeg: "TLS",
                time: .zero
            ),
            options: SessionOptions(limits: limits, reportsLiterals: true, checksSyntax: true),
            observer: stage
        )
        for (direction, text) in steps {
            let octets = Array(text.replacing("|", with: "\r\n").utf8)
            var start = 0
            while start < octets.count {
                let part = Array(octets[start..<min(octets.count, start + min(chunk, octets.count))])
                session.receive(part.span.bytes, from: direction, at: .zero)
                start += part.count
            }
        }
        session.closed(.client, .closed, at: .zero)
        session.ended(at: .zero)
        return sink
    }

    /// Every value that share-safe has to hide holds this word, in a spelling that cannot come about by chance.
    private static let canary = "zebracanary"

    private static let sessions: [[(Direction, String)]] = [
        [
            (.server, "* OK zebracanary.example.org at your service|"),
            (.client, "a LOGIN zebracanary zebracanary-password|"),
            (.server, "a OK [CAPABILITY IMAP4rev1] zebracanary logged in|"),
            (.client, "b SELECT \"zebracanary/zebracanary\"|"),
            (.server, "* FLAGS (\\Seen zebracanary)|* OK [PERMANENTFLAGS (zebracanary)] ok|b OK zebracanary|"),
            (.client, "c LIST \"\" \"zebracanary.*\"|"),
            (.server, "* LIST () \"/\" zebracanary|* LIST () \"/\" {11}|zebracanary|c OK done|"),
            (.client, "d STATUS {11+}|zebracanary (MESSAGES)|"),
            (.server, "* STATUS \"zebracanary\" (MESSAGES 1)|d OK done|"),
            (
                .client,
                "e SEARCH OR FROM zebracanary OR SUBJECT \"zebracanary\" OR KEYWORD zebracanary TEXT {11+}|zebracanary|"
            ),
            (.client, "f UID SEARCH HEADER X-Zebra zebracanary NOT BODY zebracanary|"),
            (.client, "g STORE 1 +FLAGS (zebracanary)|"),
            (.client, "h APPEND zebracanary (zebracanary) {40+}|From: zebracanary@x|Subject: zebracanary||"),
            (.client, "|i COPY 1 zebracanary|j RENAME zebracanary zebracanary/b|k CREATE zebracanary|"),
            (.client, "l SETACL zebracanary zebracanary lrs|m GETQUOTAROOT zebracanary|"),
            (.server, "* ACL zebracanary zebracanary lrs|* QUOTAROOT zebracanary zebracanary|* QUOTA zebracanary ()|"),
            (.client, "n SETMETADATA zebracanary (/private/comment zebracanary)|"),
            (.server, "* METADATA zebracanary (/private/comment \"zebracanary\")|"),
            (.client, "o ID (\"name\" \"x\" \"user\" \"zebracanary\")|"),
            (.server, "* NAMESPACE ((\"zebracanary/\" \"/\")) NIL NIL|"),
            (.client, "p FROB zebracanary|q LOGOUT|"),
            (.server, "* XFROB zebracanary|* 3 XFROB (zebracanary)|zebracanary|"),
            (.server, "* BYE zebracanary@zebracanary.example signs off|"),
        ],
        [
            (.server, "* PREAUTH ready|"),
            (.client, "a FETCH 1 (ENVELOPE BODYSTRUCTURE BODY[HEADER] BODY[TEXT] RFC822 PREVIEW)|"),
            (
                .server,
                "* 1 FETCH (UID 7 ENVELOPE (\"Mon, 7 Feb 1994 21:52:25 -0800\" \"zebracanary\" ((\"zebracanary\" NIL \"zebracanary\" \"zebracanary.example\")) NIL NIL NIL NIL NIL \"<zebracanary@x>\" \"<zebracanary@y>\"))|"
            ),
            (
                .server,
                "* 1 FETCH (BODYSTRUCTURE (\"TEXT\" \"PLAIN\" (\"NAME\" \"zebracanary.txt\") \"<zebracanary>\" \"zebracanary\" \"7BIT\" 12 1 NIL (\"ATTACHMENT\" (\"FILENAME\" \"zebracanary\")) NIL \"zebracanary\"))|"
            ),
            (.server, "* 1 FETCH (BODY[HEADER] {45}|Subject: zebracanary|From: zebracanary@x.org||)|"),
            (.server, "* 1 FETCH (BODY[TEXT] \"zebracanary\" RFC822 {13}|zebracanary|)|"),
            (
                .server,
                "* 1 FETCH (PREVIEW \"zebracanary\" X-GM-LABELS (\"zebracanary\") ANNOTATION (/comment (value.priv \"zebracanary\")))|"
            ),
            (.server, "* 1 FETCH (BODY[1] {200}|\(String(repeating: "zebracanary|", count: 15))12345)|"),
            (.server, "* 1 FETCH (XSOMETHING \"zebracanary\" XLIST (\"zebracanary\" {11}|zebracanary))|a OK done|"),
            (.client, "b URLFETCH \"imap://zebracanary@zebracanary.example/INBOX/;uid=1\"|"),
            (
                .server,
                "* ESEARCH (TAG \"b\" MAILBOX \"zebracanary\") ALL 1|* SEARCH 1 2 3|b NO [REFERRAL imap://zebracanary/] no|"
            ),
        ],
        [
            (.server, "* OK ready|"),
            (.client, "a AUTHENTICATE PLAIN|"),
            (.server, "+ |"),
            (.client, Base64.text("\0zebracanary\0zebracanary-password") + "|"),
            (.server, "a NO [AUTHENTICATIONFAILED] zebracanary is unknown|"),
            (.client, "b AUTHENTICATE CRAM-MD5|"),
            (.server, "+ " + Base64.text("<1.2@zebracanary.example>") + "|"),
            (.client, Base64.text("zebracanary 0123456789abcdef0123456789abcdef") + "|"),
            (.server, "b OK welcome zebracanary|"),
        ],
    ]

    @Test(arguments: [Int.max, 7, 1])
    func `share-safe hides every name, subject and body of a session`(chunk: Int) throws {
        for (index, steps) in Self.sessions.enumerated() {
            let sink = Self.play(steps, try Self.shareSafe(), chunk: chunk)
            let lines = sink.output.split(separator: "\n").filter { $0.lowercased().contains(Self.canary) }
            #expect(lines.isEmpty, "session \(index): \(lines.prefix(5))")
            #expect(!sink.output.contains("zebra-canary") && !sink.output.contains("198.51.100.23"))
        }
    }

    @Test func `sizes stay true`() throws {
        for steps in Self.sessions {
            let masked = Self.play(steps, try Self.shareSafe()).texts
            let open = Self.play(steps, RuleSet([])).texts
            #expect(masked.map(\.utf8.count) == open.map(\.utf8.count))
        }
    }

    @Test func `equal values have equal placeholders in all sessions, others have others`() throws {
        let rules = try Self.shareSafe()
        let steps: (String) -> [(Direction, String)] = { name in
            [(.server, "* PREAUTH ready|"), (.client, "a SELECT \(name)|")]
        }
        let first = Self.play(steps("Projects"), rules, session: 1).texts
        let again = Self.play(steps("Projects"), rules, session: 2).texts
        let other = Self.play(steps("Personal"), rules, session: 3).texts
        #expect(first == again)
        #expect(first != other)
        #expect(first.last == "a SELECT mailbox1\r\n")
        #expect(other.last == "a SELECT mailbox2\r\n")
    }

    @Test func `a rule cannot take a mask away`() throws {
        let file = try RuleFile(
            path: "r",
            parsing: "version: 1\nrules: [{name: a, do: [{pseudonymise: {matches: '\\*+|hunter2x'}}]}]"
        )
        let sink = Self.play([(.server, "* OK|"), (.client, "a LOGIN joe hunter2x|")], RuleSet(file.rules))
        #expect(sink.texts.last == "a LOGIN joe ********\r\n")
        #expect(!sink.output.contains("hunter2x"))
    }

    /// Of a literal 24 octets are kept here: the number in it is cut behind its twelfth digit.
    @Test(arguments: [Int.max, 1])
    func `a match that the end of a kept literal cuts is hidden as far as it is there`(chunk: Int) throws {
        let file = try RuleFile(
            path: "r",
            parsing: #"{version: 1, rules: [{name: cards, do: [{mask: {matches: '\b\d{4}( ?\d{4}){3}\b'}}]}]}"#
        )
        let literal = "card no. 4111 1111 1111 1111 of Joe Miller"
        let steps = [
            (Direction.server, "* PREAUTH|"), (.client, "a FETCH 1 BODY[1]|"),
            (.server, "* 1 FETCH (BODY[1] {\(literal.utf8.count)}|\(literal))|a OK|"),
        ]
        let rules = RuleSet(file.rules)
        let sink = Self.play(steps, rules, chunk: chunk)
        #expect(sink.texts.contains { $0.contains("card no. ***************)") }, "\(sink.texts)")
        #expect(!sink.output.contains("4111"))
        #expect(rules.tally.matches == 1)
    }

    @Test func `an expression that gives up hides the rest`() throws {
        let file = try RuleFile(
            path: "r",
            parsing: "version: 1\nrules: [{name: a, do: [{mask: {matches: '(a+)+$'}}]}]"
        )
        let sink = Self.play([(.server, "* OK \(String(repeating: "a", count: 3000))!|")], RuleSet(file.rules))
        #expect(!sink.output.contains("aaaaaa"))
    }

    @Test func `what was hidden is counted`() throws {
        let rules = try Self.shareSafe()
        _ = Self.play([(.server, "* PREAUTH ready|"), (.client, "a COPY 1 Archive/2026|b SELECT INBOX|")], rules)
        #expect(rules.tally.parts.map(\.part) == [.mailboxes])
        #expect(rules.tally.parts.map(\.places) == [2])
    }

    @Test(arguments: [
        ("user", 1, 5, "user1"), ("user", 1, 9, "user00001"), ("user", 12, 3, "u12"), ("user", 12, 1, "c"),
        ("mailbox", 7, 2, "m7"), ("host", 40, 2, "40"),
    ])
    func `placeholders have the length of what they stand for`(word: String, number: Int, length: Int, text: String) {
        #expect(
            Pseudonyms.placeholder(word, number, length: length).map { String(decoding: $0, as: UTF8.self) } == text
        )
    }

    @Test func `where no placeholder fits there is none`() {
        #expect(Pseudonyms.placeholder("user", 36, length: 1) == nil)
    }
}

extension Base64 {
    fileprivate static func text(_ text: String) -> String {
        String(decoding: Base64.encode(Array(text.utf8)), as: UTF8.self)
    }
}
