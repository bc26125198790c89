import IMAPProtocol
import IMAPSession
import IMAPWire
import SASL
import Traffic

/// Writes down what a session says, one line each, secrets as `*`.
final class SessionRecorder: SessionObserver {
    var lines: [String] = []
    var findings: [String] = []
    var findingTexts: [String] = []
    /// Those of messages, notes among them.
    var messageFindings: [Finding] = []
    /// Named quirks, which are no findings to a reader.
    var notes: [String] = []
    var secrets: [Secret] = []
    var exchanges: [Exchange] = []
    var outcomes: [AuthenticationOutcome] = []
    var summary: SessionSummary?
    var literalOctets = 0
    /// `10=17`: sequence numbers of messages and the UIDs that were known for them.
    var uids: [String] = []
    /// EXPUNGE responses whose message was known by its UID.
    var expungedUIDs = 0

    func message(_ message: Message, text: RawSpan, secrets: [Secret]) {
        self.secrets += secrets
        var octets = text.withUnsafeBytes { Array($0) }
        for secret in message.secrets { for index in secret.range { octets[index] = UInt8(ascii: "*") } }
        var line = message.direction == .client ? "C" : "S"
        line += " \(message.kind.rawValue)"
        if message.exchange != 0 { line += " #\(message.exchange)" }
        let content = String(decoding: octets, as: UTF8.self)
        line += " " + content.replacing("\r\n", with: "|")
        if !message.complete { line += " (incomplete)" }
        if message.literalRefused { line += " (literal refused)" }
        self.lines.append(line)
        for number in UInt64(1)...40 {
            if let uid = message.uids.uid(of: number) { self.uids.append("\(number)=\(uid)") }
        }
        if message.response == .expunge, !message.uids.isEmpty { self.expungedUIDs += 1 }
        for finding in message.findings { self.note(finding) }
        self.messageFindings += message.findings
        if let exchange = message.completes { self.exchanges.append(exchange) }
        for event in message.consequences { self.event(event) }
    }

    func announced(_ message: Message, text: RawSpan) {}
    func literal(_ piece: LiteralPiece, octets: RawSpan) {
        self.literalOctets += octets.byteCount
    }

    func event(_ event: SessionEvent) {
        switch event {
        case .began, .exchangeBegan: break
        case .exchangeEnded(let exchange): self.lines.append("unanswered \(exchange.tag) \(exchange.name)")
        case .authentication(let outcome):
            self.outcomes.append(outcome)
            let verdict = outcome.verdict.map { " \($0.isVerified ? "verified" : "unverified")" } ?? ""
            let status = outcome.cancelled ? "cancelled" : outcome.status?.name ?? "unanswered"
            self.lines.append("login \(outcome.mechanism) \(outcome.user ?? "?") \(status)\(verdict)")
        case .stateChanged(_, let to, let mailbox, _):
            self.lines.append("state \(to.rawValue)" + (mailbox.map { " \($0)" } ?? ""))
        case .transportChange(let change):
            self.lines.append("switch \(change.layer.rawValue) \(change.clientOffset) \(change.serverOffset)")
        case .tls(let change): self.lines.append("tls \(change.leg.rawValue): \(change.sentence)")
        case .finding(let finding, _): self.note(finding)
        case .edit: self.lines.append("edit")
        case .opaque(let direction, let octets, _): self.lines.append("opaque \(direction.name) \(octets)")
        case .closed(let direction, let how, _): self.lines.append("closed \(direction.name) \(how.rawValue)")
        case .ended(let summary): self.summary = summary
        }
    }

    private func note(_ finding: Finding) {
        if finding.isNote {
            self.notes.append(finding.id)
            return
        }
        self.findings.append(finding.id)
        self.findingTexts.append(finding.text)
        self.lines.append("! \(finding.id)")
    }
}

/// One step of a playbook: octets of one side, or the end of one side.
enum Step: Sendable {
    case c(String)
    case s(String)
    case closed(Direction, Closing)
    /// Time passes.
    case minutes(Int64)
}

/// Plays `steps`, each octet a millisecond after the last when `slowly` is set (then octet by octet).
func play(_ steps: [Step], options: SessionOptions = SessionOptions(), slowly: Bool = false, end: Bool = true)
    -> SessionRecorder
{
    playSession(steps, options: options, slowly: slowly, end: end).recorder
}

/// The same, with the session as it is at the end.
func playSession(
    _ steps: [Step],
    options: SessionOptions = SessionOptions(),
    slowly: Bool = false,
    end: Bool = true
) -> (session: Session, recorder: SessionRecorder) {
    let recorder = SessionRecorder()
    let description = SessionDescription(
        connection: ConnectionID(1),
        client: Endpoint(host: "127.0.0.1", port: 50000),
        server: Endpoint(host: "127.0.0.1", port: 143),
        clientLeg: "cleartext",
        upstreamLeg: "cleartext",
        time: .zero
    )
    var session = Session(description: description, options: options, observer: recorder)
    var time = Timestamp.zero
    for step in steps {
        time = time.advanced(byNanoseconds: 1_000_000)
        switch step {
        case .c(let text), .s(let text):
            let direction: Direction = if case .c = step { .client } else { .server }
            let octets = Array(text.replacing("|", with: "\r\n").utf8)
            if slowly {
                for octet in octets { session.receive([octet].span.bytes, from: direction, at: time) }
            } else {
                session.receive(octets.span.bytes, from: direction, at: time)
            }
        case .minutes(let minutes): time = time.advanced(byNanoseconds: minutes * 60_000_000_000)
        case .closed(let direction, let how):
            session.closed(direction, how, at: time)
        }
    }
    if end { session.ended(at: time) }
    return (session, recorder)
}
