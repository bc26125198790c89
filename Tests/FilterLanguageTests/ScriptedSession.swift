import FilterLanguage
import IMAPProtocol
import IMAPSession
import IMAPWire
import SASL
import Traffic

/// Plays a dialogue through a session and asks a filter about every message of it.
final class ScriptedSession: SessionObserver {
    private let filter: Filter
    private let facts = SessionFacts(literalPrefix: WireLimits.standard.literalPrefix)
    /// The messages that the filter let through, `C: a NOOP`, without line ends; events as their first word.
    private(set) var shown: [String] = []
    var abandonedSearches: Int { self.facts.abandonedSearches }

    init(_ filter: Filter) { self.filter = filter }

    /// The messages of `script` that `filter` lets through. Lines begin with `C: ` or `S: `, are one second apart, and `|`
    /// is CRLF within one.
    static func matches(_ filter: String, in script: String) throws -> [String] {
        let observer = ScriptedSession(try Filter(filter))
        observer.play(script)
        return observer.shown
    }

    func play(_ script: String) {
        let description = SessionDescription(
            connection: ConnectionID(3),
            client: Endpoint(host: "192.0.2.7", port: 51_234),
            server: Endpoint(host: "imap.example.org", port: 143),
            listener: Endpoint(host: "127.0.0.1", port: 1143),
            clientLeg: "cleartext",
            upstreamLeg: "TLS",
            time: .zero
        )
        var session = Session(description: description, observer: self)
        var time = Timestamp.zero
        for line in script.split(separator: "\n") {
            time = time.advanced(byNanoseconds: 1_000_000_000)
            let octets = Array((line.dropFirst(3).replacing("|", with: "\r\n") + "\r\n").utf8)
            session.receive(octets.span.bytes, from: line.hasPrefix("C: ") ? .client : .server, at: time)
        }
        session.closed(.client, .closed, at: time)
        session.ended(at: time)
    }

    func message(_ message: Message, text: RawSpan, secrets: [Secret]) {
        let early = self.facts.withMessage(message) { self.filter.evaluate($0) }
        self.facts.observe(message)
        let truth = self.facts.withMessage(message, text: text) { self.filter.evaluate($0) }
        // What is known early must not turn out otherwise.
        if early != .unknown, early != truth { self.shown.append("contradiction") }
        guard truth == .yes else { return }
        let line = text.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }.replacing("\r\n", with: "|")
        self.shown.append((message.direction == .client ? "C: " : "S: ") + line.dropLast())
    }

    func announced(_ message: Message, text: RawSpan) {}
    func literal(_ piece: LiteralPiece, octets: RawSpan) {}

    func event(_ event: SessionEvent) {
        self.facts.observe(event)
        if self.facts.withEvent(event, { self.filter.evaluate($0) }) == .yes {
            self.shown.append(String("\(event)".prefix { $0 != "(" }))
        }
    }
}

let dialogue = """
    S: * OK [CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN] imap.example.org ready
    C: a1 LOGIN joe "s3cret pass"
    S: a1 OK [CAPABILITY IMAP4rev1 IDLE UIDPLUS] Logged in
    C: a2 ID ("name" "Lightning" "version" "115.2")
    S: * ID ("name" "Dovecot")
    S: a2 OK ID completed
    C: a3 select inbox
    S: * 23 EXISTS
    S: * FLAGS (\\Seen \\Deleted $Forwarded)
    S: * OK [UIDNEXT 4392] Predicted next UID
    S: a3 OK [READ-WRITE] SELECT completed
    C: a4 UID FETCH 100:200 (FLAGS ENVELOPE BODY.PEEK[HEADER])
    S: * 5 FETCH (UID 105 FLAGS (\\Seen) ENVELOPE ("Mon, 7 Feb 1994 21:52:25 -0800" "=?utf-8?q?caf=C3=A9?=" (("Joe" NIL "joe" "example.org")) NIL NIL NIL NIL NIL NIL "<1@x>") BODY[HEADER] {4}|ab|)
    S: * 6 FETCH (UID 106 FLAGS (\\Deleted))
    S: a4 OK FETCH completed
    C: a5 COPY 5 "Z&APw-rich"
    S: a5 NO [TRYCREATE] no such mailbox
    C: a6 FROBNICATE
    S: a6 BAD unknown
    """
