import IMAPSession
import IMAPWire
import Masking
import SASL
import Traffic

/// Keeps all that a sink is told, down to every stored property.
final class DumpingSink: SessionSink {
    private(set) var lines: [String] = []
    let wantsLiterals = true

    func demand(for message: Message, session: ConnectionID) -> TextDemand { .text }

    func message(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
        self.keep("message", message, text, session)
    }

    func announced(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
        self.keep("announced", message, text, session)
    }

    /// Pieces come in other cuts from a store: what counts is what they say together.
    func literal(_ piece: LiteralPiece, octets: RawSpan, session: ConnectionID) {
        let text = octets.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        if let last = self.lines.last, last.hasPrefix("literal ") {
            self.lines[self.lines.count - 1] = last + text
        } else {
            self.lines.append("literal " + text)
        }
    }

    func event(_ event: SessionEvent, session: ConnectionID) {
        self.lines.append("\(session) " + Self.text(event))
    }

    private func keep(_ word: String, _ message: MaskedMessage, _ text: RawSpan, _ session: ConnectionID) {
        var plain = message.message
        // What is masked stands in the ranges beside it.
        plain.secrets = []
        let masked = message.masked.map { "\($0.range) \($0.showsLength) \($0.isMissing)" }
        let octets = text.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        self.lines.append("\(word) \(session) \(masked) \(octets)\n\(Self.text(plain))")
    }

    private static func text(_ value: some Any) -> String {
        var text = ""
        dump(value, to: &text)
        // Objects have numbers of their own.
        return text.replacing(#/ #\d+/#, with: "")
    }
}

/// A session fed from text: `C: ` and `S: ` begin lines, `|` ends them.
func play(_ steps: [(Direction, String)], id: UInt64 = 1, into sinks: [any SessionSink], reveal: Bool = false) {
    let stage = MaskingStage(connection: ConnectionID(id), sinks: sinks, reveal: reveal)
    var session = Session(
        description: SessionDescription(
            connection: ConnectionID(id),
            client: Endpoint(host: "192.0.2.1", port: 40_000),
            server: Endpoint(host: "2001:db8::1", port: 143),
            clientLeg: "cleartext",
            upstreamLeg: "",
            time: Timestamp(seconds: 1_700_000_000)
        ),
        options: SessionOptions(
            passwords: PasswordFile(others: .password(Secret("tanstaaftanstaaf"))),
            reportsLiterals: true
        ),
        observer: stage
    )
    var time = Timestamp(seconds: 1_700_000_000)
    for (direction, text) in steps {
        time = time.advanced(byNanoseconds: 1_500_000)
        session.receive(Array(text.replacing("|", with: "\r\n").utf8).span.bytes, from: direction, at: time)
    }
    session.closed(.client, .closed, at: time)
    session.closed(.server, .closed, at: time)
    session.ended(at: time)
}

let crammed: [(Direction, String)] = [
    (.server, "* OK [CAPABILITY IMAP4rev1 AUTH=CRAM-MD5] ready|"),
    (.client, "a1 AUTHENTICATE CRAM-MD5|"),
    (.server, "+ PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+|"),
    (.client, "dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw|"),
    (.server, "a1 OK [CAPABILITY IMAP4rev1 IDLE] CRAM authentication successful|"),
    (.client, "a2 SELECT INBOX|"),
    (.server, "* 3 EXISTS|* 0 RECENT|* FLAGS (\\Seen)|* OK [UIDVALIDITY 7] ok|a2 OK [READ-WRITE] done|"),
    (.client, "a3 FETCH 1:3 (UID FLAGS)|"),
    (.server, "* 1 FETCH (UID 11 FLAGS ())|* 2 FETCH (UID 12 FLAGS (\\Seen))|* 3 FETCH (UID 13 FLAGS ())|"),
    (.server, "a3 OK fetched|"),
]

/// Literals of every size that a store treats differently, in both directions.
let literals: [(Direction, String)] = [
    (.server, "* OK hello|"),
    (.client, "a1 LOGIN tim {18}|"),
    (.server, "+ go on|"),
    (.client, "tanstaaftanstaaf12|"),
    (.server, "a1 NO wrong|"),
    (.client, "a2 APPEND x {600}|"),
    (.server, "+ go on|"),
    (.client, String(repeating: "a", count: 600) + "|"),
    (.server, "a2 OK done|"),
    (.client, "a3 FETCH 1 (BODY[] BODY[1])|"),
    (.server, "* 1 FETCH (BODY[] {5000}|" + String(repeating: "b", count: 5000) + " BODY[1] {5}|short FLAGS ())|"),
    (.server, "* 2 FETCH (BODY[] {600000}|" + String(repeating: "0123456789", count: 60_000) + ")|a3 OK done|"),
    (.client, "a4 APPEND x {700}|" + "cut"),
]
