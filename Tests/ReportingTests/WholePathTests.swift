import IMAPSession
import Masking
import Reporting
import SASL
import Testing
import Traffic

/// The transcript of octets: session, masking and rendering as the proxy joins them.
private func transcript(_ steps: [(Direction, String)], detail: TextDetail = .messages, octetByOctet: Bool = false)
    -> [String]
{
    let output = CapturedOutput()
    let sink = TextTranscript(output: output, detail: detail)
    let stage = MaskingStage(connection: ConnectionID(1), sinks: [sink])
    let description = SessionDescription(
        connection: ConnectionID(1),
        client: Endpoint(host: "127.0.0.1", port: 50000),
        server: Endpoint(host: "127.0.0.1", port: 143),
        clientLeg: "cleartext",
        upstreamLeg: "cleartext",
        time: .zero
    )
    var session = Session(description: description, observer: stage)
    var time = Timestamp.zero
    for (direction, text) in steps {
        time = time.advanced(byNanoseconds: 1_000_000)
        let octets = Array(text.replacing("|", with: "\r\n").utf8)
        if octetByOctet {
            for octet in octets { session.receive([octet].span.bytes, from: direction, at: time) }
        } else {
            session.receive(octets.span.bytes, from: direction, at: time)
        }
    }
    sink.flush()
    return output.lines
}

@Suite("From octets to a transcript")
struct WholePathTests {
    private let append: [(Direction, String)] = [
        (.server, "* PREAUTH hi|"), (.client, "a1 APPEND \"due today\" {89}|"), (.server, "+ OK|"),
        (.client, "Subject: Send the weekly report||Remember to send the weekly report to THE BOSS TODAY!!|"),
        (.server, "a1 OK done|"),
    ]

    @Test("a command that waits for a literal stands before the server's answer, the literal behind it")
    func appendInOrder() throws {
        for octetByOctet in [false, true] {
            let lines = transcript(self.append, octetByOctet: octetByOctet)
            let announced = try #require(lines.firstIndex { $0 == "  0.002 C: a1 APPEND \"due today\" {89}" })
            let granted = try #require(lines.firstIndex { $0 == "  0.003 S: + OK" })
            let literal = try #require(lines.firstIndex { $0.hasPrefix("  0.004 C: {89} literal · 89 octets") })
            #expect(announced < granted && granted < literal)
            #expect(lines.filter { $0.contains("APPEND \"due today\"") }.count == 1, "shown once")
            #expect(lines.contains { $0.contains("! append-literal-count info") })
            #expect(lines.contains { $0.contains("{91} was meant") })
        }
    }

    @Test("closing a mailbox is told once", arguments: ["CLOSE", "UNSELECT"])
    func closedOnce(command: String) {
        let lines = transcript([
            (.server, "* PREAUTH hi|"), (.client, "a SELECT x|"), (.server, "a OK done|"),
            (.client, "b \(command)|"), (.server, "b OK done|"),
        ])
        #expect(
            lines.filter { $0.contains("mailbox closed") }.map { $0.trimmingPrefix(while: \.isWhitespace) } == [
                "mailbox closed"
            ]
        )
    }

    @Test("a login in literals, announced step by step, never shows the password")
    func loginInLiterals() {
        let steps: [(Direction, String)] = [
            (.server, "* OK hi|"), (.client, "a LOGIN {3}|"), (.server, "+ go|"), (.client, "joe {9}|"),
            (.server, "+ go|"),
            (.client, "canary7#x|"), (.server, "a NO canary7#x is wrong|"),
        ]
        for detail in [TextDetail.messages, .previews, .everything] {
            let lines = transcript(steps, detail: detail)
            #expect(!lines.contains { $0.contains("canary") })
            #expect(lines.contains("  0.002 C: a LOGIN {3}"))
            #expect(lines.contains { $0.contains("logs in as joe") })
            #expect(
                lines.contains {
                    $0.hasSuffix("authentication of joe with the LOGIN command failed (NO) · login refused")
                }
            )
        }
    }

    @Test("a refused literal is told with its command")
    func refused() {
        let lines = transcript([
            (.server, "* PREAUTH hi|"), (.client, "a APPEND x {5}|"), (.server, "a NO [TOOBIG] no|"),
            (.client, "b NOOP|"),
        ])
        #expect(lines.contains { $0.contains("! literal-refused info") })
        #expect(lines.contains { $0.hasSuffix("C: b NOOP") })
    }
}
