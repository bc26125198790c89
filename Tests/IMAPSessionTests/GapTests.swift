import IMAPProtocol
import IMAPSession
import IMAPWire
import Testing
import Traffic

/// Sessions of which the source lacks parts.
struct GapTests {
    enum Part: Sendable {
        case c(String)
        case s(String)
        case gap(Direction, UInt64)
    }

    private static func play(_ parts: [Part], midStream: Bool = false, slowly: Bool = false) -> SessionRecorder {
        let recorder = SessionRecorder()
        let description = SessionDescription(
            connection: ConnectionID(1),
            client: Endpoint(host: "127.0.0.1", port: 50000),
            server: Endpoint(host: "127.0.0.1", port: 143),
            clientLeg: "cleartext",
            upstreamLeg: "",
            time: .zero
        )
        var session = Session(description: description, options: SessionOptions(), observer: recorder)
        if midStream { session.beginsMidStream() }
        for part in parts {
            switch part {
            case .c(let text), .s(let text):
                let direction: Direction = if case .c = part { .client } else { .server }
                let octets = Array(text.replacing("|", with: "\r\n").utf8)
                for piece in slowly ? octets.map({ [$0] }) : [octets] {
                    session.receive(piece.span.bytes, from: direction, at: .zero)
                }
            case .gap(let direction, let octets): session.gap(octets, from: direction, at: .zero)
            }
        }
        session.ended(at: .zero)
        return recorder
    }

    private static let login: [Part] = [
        .s("* OK hi|"), .c("a LOGIN u p|"), .s("a OK in|"), .c("b SELECT x|"), .s("b OK|"),
    ]

    @Test(arguments: [false, true])
    func `a gap inside a literal is counted, and the message goes on`(slowly: Bool) {
        let recorder = Self.play(
            Self.login + [
                .c("c FETCH 1 BODY[]|"), .s("* 1 FETCH (BODY[] {10}|01"), .gap(.server, 5), .s("789)|c OK done|"),
            ],
            slowly: slowly
        )
        let message = recorder.messages.first { $0.response == .fetch }
        #expect(message?.complete == true)
        #expect(message?.length == 37)
        #expect(message?.literals.first?.missing == 5)
        #expect(message?.secrets.map(\.isMissing) == [true])
        #expect(message?.secrets.first?.range == 26..<31)
        #expect(recorder.findings.isEmpty)
        #expect(recorder.messages.last?.completes?.tag == "c")
    }

    @Test(arguments: [false, true])
    func `a gap in a line cuts the message, and the next plausible one is read`(slowly: Bool) {
        let recorder = Self.play(
            Self.login + [
                .c("c NOOP|"), .s("* 1 EXI"), .gap(.server, 20), .s("CENT|* 5 EXISTS|c OK|"), .c("d NOOP|"),
                .s("d OK|"),
            ],
            slowly: slowly
        )
        #expect(recorder.findings == ["cut-by-gap", "resynchronised"])
        let tail = recorder.messages.suffix(6).map(\.kind)
        #expect(tail == [.untagged, .unparsed, .untagged, .tagged, .command, .tagged])
        #expect(recorder.messages.suffix(6).first?.complete == false)
    }

    @Test(arguments: [false, true])
    func `what a client says behind a gap is masked until a command comes`(slowly: Bool) {
        let recorder = Self.play(
            [
                .s("* OK hi|"), .c("a LOG"), .gap(.client, 5), .c("secret|"), .s("a OK in|"), .c("b NOOP|"),
                .s("b OK|"),
            ],
            slowly: slowly
        )
        let lost = recorder.messages.first { $0.kind == .unparsed }
        #expect(lost?.secrets == [SecretRange(0..<6, showsLength: true)])
        #expect(lost?.offset == 10)
        #expect(recorder.findings == ["cut-by-gap", "resynchronised"])
        #expect(recorder.messages.last?.completes?.tag == "b")
    }

    @Test
    func `the answer to a literal may be in the gap`() {
        let recorder = Self.play(
            Self.login + [
                .c("c APPEND x {3}|"), .gap(.server, 6), .c("abc|"), .s("c OK|"), .c("d NOOP|"), .s("d OK|"),
            ]
        )
        let commands = recorder.messages.filter { $0.kind == .command }.map(\.complete)
        #expect(commands == [true, true, true, true])
        #expect(recorder.messages.last?.completes?.tag == "d")
    }

    @Test
    func `the answer to STARTTLS may be in the gap`() {
        let tls = Self.play([
            .s("* OK hi|"), .c("a STARTTLS|"), .gap(.server, 10), .c("\u{16}\u{3}\u{1}xx"), .s("\u{16}"),
        ])
        #expect(tls.lines.contains { $0.hasPrefix("switch TLS") })
        let refused = Self.play([.s("* OK hi|"), .c("a STARTTLS|"), .gap(.server, 10), .c("b NOOP|"), .s("b OK|")])
        #expect(refused.messages.last?.completes?.tag == "b")
    }

    @Test
    func `the end of an AUTHENTICATE in a gap does not hide the commands behind it`() {
        let recorder = Self.play([
            .s("* OK hi|"), .c("a AUTHENTICATE PLAIN|"), .s("+ |"), .c("AHUAcA==|"), .gap(.server, 8),
            .c("b SELECT x|"), .s("b OK|"),
        ])
        #expect(recorder.messages.last?.completes?.tag == "b")
        #expect(recorder.messages.contains { $0.kind == .sasl })
    }

    @Test
    func `a capture that begins late is read from the first plausible message on, without blame`() {
        let recorder = Self.play(
            [
                .s("LAGS (\\Seen))|* 2 FETCH (FLAGS ())|x OK done|"), .c("ird half|y NOOP|"), .s("y OK|"),
            ],
            midStream: true
        )
        #expect(recorder.findings == ["resynchronised", "resynchronised"])
        #expect(recorder.messages.last?.completes?.tag == "y")
    }

    @Test
    func `a session of one direction only shows that direction`() {
        let recorder = Self.play([
            .s("* OK hi|"), .gap(.client, 20), .s("a OK in|"), .gap(.client, 9), .s("* 3 EXISTS|b OK|"),
        ])
        #expect(recorder.findings.isEmpty)
        #expect(recorder.messages.map(\.kind) == [.greeting, .tagged, .untagged, .tagged])
    }
}
