import IMAPProtocol
import IMAPSession
import IMAPWire
import Masking
import SASL
import Testing
import Traffic

/// Keeps everything that a sink can get hold of.
private final class GreedySink: SessionSink {
    var output: [UInt8] = []
    let wantsLiterals = true

    func demand(for message: Message, session: ConnectionID) -> TextDemand { .text }

    func message(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
        text.withUnsafeBytes { self.output.append(contentsOf: $0) }
        // `dump` reaches every stored property, also those that have no place in an output.
        var description = ""
        dump(message.message, to: &description)
        self.output += Array(description.utf8)
    }

    func announced(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
        self.message(message, text: text, session: session)
    }

    func literal(_ piece: LiteralPiece, octets: RawSpan, session: ConnectionID) {
        octets.withUnsafeBytes { self.output.append(contentsOf: $0) }
    }

    func event(_ event: SessionEvent, session: ConnectionID) {
        var description = ""
        dump(event, to: &description)
        self.output += Array(description.utf8)
    }
}

private func outputs(_ steps: [(Direction, String)], chunk: Int = .max, reveal: Bool = false) -> [UInt8] {
    let sink = GreedySink()
    let stage = MaskingStage(connection: ConnectionID(1), sinks: [sink], reveal: reveal, literalPrefix: 16)
    let end = Endpoint(host: "127.0.0.1", port: 143)
    let description = SessionDescription(
        connection: ConnectionID(1),
        client: end,
        server: end,
        clientLeg: "cleartext",
        upstreamLeg: "cleartext",
        time: .zero
    )
    let options = SessionOptions(
        limits: WireLimits(messageText: 600, literalPrefix: 16),
        passwords: nil,
        reportsLiterals: true
    )
    var session = Session(description: description, options: options, observer: stage)
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
    return sink.output
}

private func contains(_ output: [UInt8], _ needle: some Collection<UInt8>) -> Bool {
    let needle = Array(needle)
    guard !needle.isEmpty, output.count >= needle.count else { return false }
    return output.indices.dropLast(needle.count - 1).contains { output[$0..<($0 + needle.count)].elementsEqual(needle) }
}

/// Every spelling of `secret` that must not appear.
private func spellings(_ secret: String) -> [[UInt8]] {
    let octets = Array(secret.utf8)
    var all = [octets]
    for shift in 0..<3 {
        let encoded = Base64.encode([UInt8](repeating: 0x41, count: shift) + octets)
        all.append(
            Array(encoded.dropFirst((shift * 8 + 5) / 6).prefix((shift + octets.count) * 8 / 6 - (shift * 8 + 5) / 6))
        )
    }
    return all
}

private let password = "Zq7!kW\"9x\\v"
private let quoted = "Zq7!kW\\\"9x\\\\v"
private let secret = password
/// What push services and signed URLs have.
private let token = "91354a473744909de610943775f92038"
private func base64(_ text: String) -> String { String(decoding: Base64.encode(Array(text.utf8)), as: UTF8.self) }
private var plain: String {
    String(decoding: Base64.encode(Array("\0joe\0\(secret)".utf8)), as: UTF8.self)
}

struct Canary: Sendable, CustomTestStringConvertible {
    var name: String
    var steps: [(Direction, String)]
    /// What is looked for.
    var secret = password
    /// False when the secret lies beyond what is kept of the message.
    var isInText = true
    var testDescription: String { self.name }
}

private let canaries: [Canary] = [
    Canary(
        name: "password in ID",
        steps: [
            (.server, "* OK|"), (.client, "a ID (\"name\" \"password\" \"X-Password\" \"\(quoted)\" \"os\" NIL)|"),
            (.server, "a OK|"),
        ]
    ),
    Canary(
        name: "token in ID of the server",
        steps: [(.server, "* OK|"), (.server, "* ID (\"session-token\" \"\(quoted)\")|")]
    ),
    Canary(
        name: "secret in METADATA",
        steps: [
            (.server, "* PREAUTH|"), (.client, "a SETMETADATA tokens (/private/x/secret {11+}|\(secret))|"),
            (.server, "* METADATA tokens (/private/x/secret \"\(quoted)\")|a OK|"),
        ]
    ),
    Canary(name: "LOGIN atom", steps: [(.server, "* OK|"), (.client, "a LOGIN joe \(secret)|"), (.server, "a OK|")]),
    Canary(
        name: "LOGIN quoted",
        steps: [(.server, "* OK|"), (.client, "a login \"joe\" \"\(quoted)\"|"), (.server, "a NO|")]
    ),
    Canary(
        name: "LOGIN literal",
        steps: [
            (.server, "* OK|"), (.client, "a LOGIN {3}|"), (.server, "+|"), (.client, "joe {11}|"), (.server, "+|"),
            (.client, "\(secret)|"), (.server, "a OK|"),
        ]
    ),
    Canary(
        name: "LOGIN non-synchronizing",
        steps: [(.server, "* OK|"), (.client, "a LOGIN {3+}|joe {11+}|\(secret)|")]
    ),
    Canary(name: "LOGIN cut", steps: [(.server, "* OK|"), (.client, "a LOGIN joe \(secret)")]),
    Canary(name: "LOGIN without tag", steps: [(.server, "* OK|"), (.client, "LOGIN joe \(secret)|")]),
    Canary(
        name: "LOGIN misspelt",
        steps: [(.server, "* OK|"), (.client, "a LOGINN joe \(secret)|"), (.server, "a BAD \(secret)|")]
    ),
    Canary(name: "LOGIN with a damaged quote", steps: [(.server, "* OK|"), (.client, "a LOGIN joe \"\(secret)|")]),
    Canary(
        name: "LOGIN in a long command",
        steps: [(.server, "* OK|"), (.client, "a LOGIN \(String(repeating: "j", count: 590)) \(secret)|")],
        isInText: false
    ),
    Canary(
        name: "refused literal sent all the same",
        steps: [
            (.server, "* OK|"), (.client, "a LOGIN joe {11}|"), (.server, "a NO|"), (.client, "\(secret)|"),
            (.server, "\(secret) BAD|"),
        ]
    ),
    Canary(
        name: "PLAIN with initial response",
        steps: [(.server, "* OK|"), (.client, "a AUTHENTICATE PLAIN \(plain)|"), (.server, "a OK|")]
    ),
    Canary(
        name: "PLAIN without",
        steps: [
            (.server, "* OK|"), (.client, "a AUTHENTICATE PLAIN|"), (.server, "+ |"), (.client, "\(plain)|"),
            (.server, "a OK|"),
        ]
    ),
    Canary(
        name: "PLAIN pipelined and refused",
        steps: [(.server, "* OK|"), (.client, "a AUTHENTICATE PLAIN|\(plain)|"), (.server, "a NO|\(plain) BAD|")]
    ),
    Canary(
        name: "LOGIN mechanism",
        steps: [
            (.server, "* OK|"), (.client, "a AUTHENTICATE LOGIN|"), (.server, "+ VXNlcm5hbWU6|"), (.client, "am9l|"),
            (.server, "+ UGFzc3dvcmQ6|"),
            (.client, String(decoding: Base64.encode(Array(secret.utf8)), as: UTF8.self) + "|"), (.server, "a OK|"),
        ]
    ),
    Canary(
        name: "XOAUTH2, and the token in an error",
        steps: [
            (.server, "* OK|"),
            (.client, "a AUTHENTICATE XOAUTH2 \(base64("user=joe\u{1}auth=Bearer \(secret)\u{1}\u{1}"))|"),
            (.server, "+ \(base64("{\"status\":\"400\",\"token\":\"\(secret)\"}"))|"), (.client, "|"),
            (.server, "* NO \(secret) has expired|a NO|"),
        ]
    ),
    Canary(
        name: "OAUTHBEARER in a line of its own",
        steps: [
            (.server, "* OK|"), (.client, "a AUTHENTICATE OAUTHBEARER|"), (.server, "+ |"),
            (.client, "\(base64("n,a=joe,\u{1}host=x\u{1}port=143\u{1}auth=bearer  \(secret)\u{1}\u{1}"))|"),
            (.server, "a NO \(secret)|"),
        ]
    ),
    Canary(
        name: "a proof of SCRAM",
        steps: [
            (.server, "* OK|"), (.client, "a AUTHENTICATE SCRAM-SHA-256 \(base64("n,,n=joe,r=abcdef"))|"),
            (.server, "+ \(base64("r=abcdefghi,s=c2FsdA==,i=4096"))|"),
            (.client, "\(base64("c=biws,r=abcdefghi,p=\(secret)"))|"), (.server, "a NO p=\(secret) is wrong|"),
        ]
    ),
    Canary(
        name: "an unknown mechanism of several lines",
        steps: [
            (.server, "* OK|"), (.client, "a AUTHENTICATE X-TWO-STEPS =|"), (.server, "+ \(base64("code?"))|"),
            (.client, "\(base64(secret))|"), (.server, "+ \(base64("again, not \(secret)"))|"),
            (.client, "\(secret)|"), (.server, "a NO|"),
        ]
    ),
    Canary(
        name: "a signed URL, and the server's words on it",
        steps: [
            (.server, "* PREAUTH|"),
            (.client, "a URLFETCH \"imap://joe@x/INBOX/;uid=1;urlauth=anonymous:XMECH:\(token)\"|"),
            (.server, "* URLFETCH \"imap://joe@x/INBOX/;uid=1;URLAUTH=user+joe:internal:\(token)\" NIL|"),
            (.server, "a NO [BADURL \"imap://x/;urlauth=submit+a:internal:\(token)\"] \(token) is stale|"),
        ],
        secret: token
    ),
    Canary(
        name: "a signed URL that the server made",
        steps: [
            (.server, "* PREAUTH|"),
            (.client, "a GENURLAUTH \"imap://joe@x/INBOX/;uid=1;urlauth=anonymous\" INTERNAL|"),
            (.server, "* GENURLAUTH \"imap://joe@x/INBOX/;uid=1;urlauth=anonymous:internal:\(token)\"|a OK|"),
            (.client, "b APPEND x CATENATE (URL \"/INBOX/;uid=1;urlauth=anonymous:internal:\(token)\")|"),
            (.client, "c SEARCH TEXT \(token)|"),
        ],
        secret: token
    ),
    Canary(
        name: "tokens of Apple's push service",
        steps: [
            (.server, "* PREAUTH|"),
            (
                .client,
                "a XAPPLEPUSHSERVICE aps-version 2 aps-account-id \(token) aps-device-token {\(token.count)+}|\(token) mailboxes (INBOX)|"
            ),
            (.server, "* XAPPLEPUSHSERVICE aps-version 2|a NO \(token)|"),
        ],
        secret: token
    ),
    Canary(
        name: "an annotation named after a secret",
        steps: [
            (.server, "* PREAUTH|"),
            (
                .client,
                "a SETANNOTATION INBOX \"/vendor/x/access-key\" (\"value.priv\" \"\(quoted)\" \"size.priv\" \"9\")|"
            ),
            (.server, "* ANNOTATION INBOX \"/vendor/x/access-key\" (\"value.priv\" \"\(quoted)\")|a OK|"),
        ]
    ),
    Canary(
        name: "a vendor's command to change the password",
        steps: [
            (.server, "* PREAUTH|"), (.client, "a X-SETPASSWORD old \"\(quoted)\"|"),
            (.server, "a NO \(secret) is too weak|"),
        ]
    ),
    Canary(
        name: "a cookie in ID, a bearer in METADATA",
        steps: [
            (.server, "* PREAUTH|"), (.client, "a ID (\"name\" \"x\" \"X-Session-Cookie\" \"\(quoted)\")|"),
            (.client, "b SETMETADATA \"\" (/shared/vendor/x/bearer \"\(quoted)\" /shared/comment NIL)|"),
            (.server, "a OK|b OK|"),
        ]
    ),
    Canary(
        name: "an unknown mechanism",
        steps: [(.server, "* OK|"), (.client, "a AUTHENTICATE XTOKEN \(plain)|"), (.server, "+ \(plain)|")]
    ),
    Canary(
        name: "echoed by the server in every spelling",
        steps: [
            (.server, "* OK|"), (.client, "a LOGIN joe \"\(quoted)\"|"),
            (.server, "* BAD you said \(secret) or \"\(quoted)\" or \(plain)|a NO [X] \(secret)\(secret)|"),
            (.client, "\(secret)tag NOOP|"), (.server, "\(secret)tag OK|"),
        ]
    ),
    Canary(
        name: "in a long literal, across pieces",
        steps: [
            (.server, "* OK|"), (.client, "a LOGIN joe \"\(quoted)\"|"), (.server, "a OK|"), (.client, "b SELECT x|"),
            (.server, "b OK|"),
            (.client, "c FETCH 1 BODY[]|"),
            (
                .server,
                "* 1 FETCH (BODY[] {59}|0123456789a\(secret)\(String(repeating: "y", count: 20))\(secret)abcdef)|c OK|"
            ),
        ]
    ),
    Canary(
        name: "in a long literal of the client",
        steps: [
            (.server, "* OK|"), (.client, "a LOGIN joe \"\(quoted)\"|"), (.server, "a OK|"),
            (.client, "b APPEND x {59+}|0123456789a\(secret)\(String(repeating: "y", count: 20))\(secret)abcdef|"),
        ]
    ),
    Canary(
        name: "a long literal password",
        steps: [(.server, "* OK|"), (.client, "a LOGIN joe {33+}|\(secret)\(secret)\(secret)|"), (.server, "a OK|")]
    ),
]

@Suite("MaskingStage")
struct MaskingStageTests {
    @Test("no secret reaches a sink, however the octets arrive", arguments: canaries)
    func canary(_ canary: Canary) {
        for chunk in [Int.max, 1, 2, 3, 5, 7, 11, 16] {
            let output = outputs(canary.steps, chunk: chunk)
            #expect(!output.isEmpty)
            for spelling in spellings(canary.secret) {
                #expect(
                    !contains(output, spelling),
                    "\(String(decoding: spelling, as: UTF8.self)) in chunks of \(chunk)"
                )
            }
            #expect(!contains(output, Array(quoted.utf8)))
            #expect(!contains(output, Array(plain.utf8)))
        }
    }

    @Test(
        "the same secrets are there with the reveal capability, so the canary can fail",
        arguments: canaries.filter(\.isInText)
    )
    func revealed(_ canary: Canary) {
        let output = outputs(canary.steps, reveal: true)
        let found = (spellings(canary.secret) + [Array(quoted.utf8), Array(plain.utf8)]).contains {
            contains(output, $0)
        }
        #expect(found)
    }

    @Test("masking overwrites octet for octet")
    func sameLength() {
        final class Lengths: SessionSink {
            var pairs: [(UInt64, Int)] = []
            let wantsLiterals = false
            func demand(for message: Message, session: ConnectionID) -> TextDemand { .text }
            func message(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
                self.pairs.append((message.message.length, text.byteCount))
            }
            func announced(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {}
            func literal(_ piece: LiteralPiece, octets: RawSpan, session: ConnectionID) {}
            func event(_ event: SessionEvent, session: ConnectionID) {}
        }
        let sink = Lengths()
        let stage = MaskingStage(connection: ConnectionID(1), sinks: [sink])
        let octets = Array("a LOGIN joe \(secret)\r\n".utf8)
        let end = Endpoint(host: "::1", port: 1)
        var session = Session(
            description: SessionDescription(
                connection: ConnectionID(1),
                client: end,
                server: end,
                clientLeg: "",
                upstreamLeg: "",
                time: .zero
            ),
            observer: stage
        )
        session.receive(octets.span.bytes, from: .client, at: .zero)
        #expect(sink.pairs.count == 1)
        #expect(sink.pairs.allSatisfy { $0.0 == UInt64($0.1) })
    }

    @Test("no more than 64 values are kept, and the first ones stay masked")
    func bounded() {
        var steps: [(Direction, String)] = [(.server, "* OK|")]
        for index in 0..<100 {
            steps.append((.client, "t\(index) LOGIN joe password-number-\(index)|"))
            steps.append((.server, "t\(index) NO|"))
        }
        steps.append((.server, "* BAD password-number-7|"))
        #expect(!contains(outputs(steps), Array("password-number-".utf8)))
    }

    @Test
    func `stages that share their patterns mask each its own values`() {
        let shared = LastPatterns()
        let passwords = ["correct-horse", "correct-horse", "battery-staple", "correct-horse"]
        var output: [UInt8] = []
        for (index, password) in passwords.enumerated() {
            let sink = GreedySink()
            let id = ConnectionID(UInt64(index + 1))
            let end = Endpoint(host: "::1", port: 1)
            let description = SessionDescription(
                connection: id,
                client: end,
                server: end,
                clientLeg: "",
                upstreamLeg: "",
                time: .zero
            )
            let stage = MaskingStage(connection: id, sinks: [sink], lastPatterns: shared)
            var session = Session(description: description, observer: stage)
            for (direction, text) in [
                (Direction.server, "* OK\r\n"), (.client, "a LOGIN joe \(password)\r\n"),
                (.server, "a NO never heard of \(password)\r\n"),
            ] {
                session.receive(Array(text.utf8).span.bytes, from: direction, at: .zero)
            }
            #expect(contains(sink.output, Array("never heard of".utf8)))
            output += sink.output
        }
        for password in passwords { #expect(!contains(output, Array(password.utf8))) }
    }
}
