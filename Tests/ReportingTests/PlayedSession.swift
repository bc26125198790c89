import IMAPSession
import IMAPWire
import Masking
import Reporting
import Traffic

/// A session of real octets, masked as in the program, for sinks that write streams.
enum PlayedSession {
    enum Step {
        case client(String)
        case server(String)
        /// Octets that the source does not have.
        case gap(Direction, UInt64)
        case closed(Direction, Closing)
    }

    /// - Parameter chunk: how many octets come at a time; nil for whole steps.
    static func play(
        _ steps: [Step],
        into sink: any BufferedSink,
        number: UInt64 = 1,
        client: String = "127.0.0.1",
        server: String = "192.0.2.9",
        port: UInt16 = 143,
        chunk: Int? = nil,
        reveal: Bool = false
    ) {
        let id = ConnectionID(number)
        let stage = MaskingStage(connection: id, sinks: [sink], reveal: reveal)
        let start = Timestamp(seconds: 1_795_428_001)
        let description = SessionDescription(
            connection: id,
            client: Endpoint(host: client, port: 50_000),
            server: Endpoint(host: server, port: port),
            clientLeg: "cleartext",
            upstreamLeg: "",
            time: start
        )
        var session = Session(
            description: description,
            options: SessionOptions(reportsLiterals: sink.wantsLiterals),
            observer: stage
        )
        var time = start
        for step in steps {
            time = time.advanced(byNanoseconds: 1_000_000)
            switch step {
            case .client(let text): self.feed(text, .client, time, chunk, &session)
            case .server(let text): self.feed(text, .server, time, chunk, &session)
            case .gap(let direction, let octets): session.gap(octets, from: direction, at: time)
            case .closed(let direction, let how): session.closed(direction, how, at: time)
            }
        }
        session.ended(at: time)
        sink.flush()
    }

    private static func feed(
        _ text: String,
        _ direction: Direction,
        _ time: Timestamp,
        _ chunk: Int?,
        _ session: inout Session
    ) {
        let octets = Array(text.replacing("|", with: "\r\n").utf8)
        var start = 0
        while start < octets.count {
            let end = min(start + (chunk ?? octets.count), octets.count)
            session.receive(octets[start..<end].span.bytes, from: direction, at: time)
            start = end
        }
    }

    static let password = "Rumpelstilzchen7"

    /// A login, a mailbox, messages short and long, fetched and appended.
    static func mail(long: Int = 10_000) -> [Step] {
        let body = "Subject: long||" + String(repeating: "0123456789 abcdef|", count: long / 18)
        let size = body.replacing("|", with: "\r\n").utf8.count
        return [
            .server("* OK [CAPABILITY IMAP4rev1] ready|"),
            .client("a LOGIN joe \(self.password)|"), .server("a OK done|"),
            .client("b SELECT INBOX|"), .server("* 3 EXISTS|* OK [UIDVALIDITY 1] x|b OK [READ-WRITE] done|"),
            .client("c UID FETCH 1:* (UID FLAGS BODY.PEEK[])|"),
            .server("* 1 FETCH (UID 11 FLAGS (\\Seen) BODY[] {18}|Subject: one||Hi|)|"),
            .server("* 2 FETCH (FLAGS () BODY[] {\(size)}|\(body) UID 12)|"),
            .server("c OK done|"),
            .client("d APPEND \"due today\" (\\Draft) {14}|"), .server("+ go|"), .client("Subject: x|||"),
            .server("d OK [APPENDUID 7 77] done|"),
            .client("e LOGOUT|"), .server("* BYE bye|e OK bye|"),
            .closed(.server, .closed), .closed(.client, .closed),
        ]
    }
}
