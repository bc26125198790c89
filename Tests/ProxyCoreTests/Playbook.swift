import IMAPSession
import ProxyCore
import Testing
import Traffic

/// What a connection did, octets spelt out so that a test reads as a transcript.
enum Did: Equatable, CustomStringConvertible {
    case forward(Direction, String)
    case replace(Direction, String, with: String)
    case hold(Direction, String)
    case release(Direction, String)
    case inject(Direction, String)
    case act(ProxyAction)

    var description: String {
        switch self {
        case .forward(let direction, let text): "forward \(direction): \(text.debugDescription)"
        case .replace(let direction, let old, let new):
            "replace \(direction): \(old.debugDescription) \(new.debugDescription)"
        case .hold(let direction, let text): "hold \(direction): \(text.debugDescription)"
        case .release(let direction, let text): "release \(direction): \(text.debugDescription)"
        case .inject(let direction, let text): "inject \(direction): \(text.debugDescription)"
        case .act(let action): "\(action)"
        }
    }
}

/// Keeps what the session and the connection tell.
final class Recorder: SessionObserver {
    var messages: [(kind: Message.Kind, direction: Direction, text: String)] = []
    var edits: [Edit] = []
    var findings: [Finding] = []
    var summaries: [SessionSummary] = []
    var changes: [TransportChange] = []
    var closings: [Closing] = []
    var exchanges: [Exchange] = []
    var tls: [TLSChange] = []
    var descriptions: [SessionDescription] = []
    var secrets: [Secret] = []

    func message(_ message: Message, text: RawSpan, secrets: [Secret]) {
        self.secrets += secrets
        self.messages.append((message.kind, message.direction, string(text)))
        self.findings += message.findings
        if let exchange = message.completes { self.exchanges.append(exchange) }
        for case .transportChange(let change) in message.consequences { self.changes.append(change) }
    }

    func announced(_ message: Message, text: RawSpan) {}
    func literal(_ piece: LiteralPiece, octets: RawSpan) {}

    func event(_ event: SessionEvent) {
        switch event {
        case .began(let description): self.descriptions.append(description)
        case .tls(let change): self.tls.append(change)
        case .edit(let edit): self.edits.append(edit)
        case .finding(let finding, _): self.findings.append(finding)
        case .ended(let summary): self.summaries.append(summary)
        case .transportChange(let change): self.changes.append(change)
        case .closed(_, let how, _): self.closings.append(how)
        case .exchangeEnded(let exchange): self.exchanges.append(exchange)
        default: break
        }
    }
}

func string(_ bytes: RawSpan) -> String {
    bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
}

/// Plays inputs into a connection and says what it did.
struct Playbook {
    var connection: ProxyConnection
    let recorder = Recorder()
    var now = Timestamp(seconds: 1_000)
    /// Everything that left so far.
    var sent: [Direction: [UInt8]] = [.client: [], .server: []]
    /// The timer of the login runs in nearly every test and matters in few.
    var showsLoginTimer = false

    init(_ options: ProxyOptions = ProxyOptions(), connected: Bool = true) {
        let description = SessionDescription(
            connection: ConnectionID(1),
            client: Endpoint(host: "127.0.0.1", port: 50_000),
            server: Endpoint(host: "imap.example.org", port: 143),
            clientLeg: "cleartext",
            upstreamLeg: "cleartext",
            time: .zero
        )
        self.connection = ProxyConnection(description: description, options: options, observer: self.recorder)
        guard connected else { return }
        _ = self.accepted()
        _ = self.connected()
    }

    static var neverSTARTTLS: Playbook { Playbook(.neverSTARTTLS) }

    private mutating func play(
        _ bytes: [UInt8] = [],
        _ input: (inout ProxyConnection, RawSpan, Timestamp, (ProxyAction) -> Void) -> Void
    ) -> [Did] {
        var did: [Did] = []
        var sent = self.sent
        let showsLoginTimer = self.showsLoginTimer
        self.now = self.now.advanced(byNanoseconds: 1_000_000)
        func text(_ octets: some Sequence<UInt8>) -> String { String(decoding: Array(octets), as: UTF8.self) }
        input(&self.connection, bytes.span.bytes, self.now) { action in
            switch action {
            case .forward(let direction, let range):
                sent[direction]! += bytes[range]
                did.append(.forward(direction, text(bytes[range])))
            case .replace(let direction, let range, let octets):
                sent[direction]! += octets
                did.append(.replace(direction, text(bytes[range]), with: text(octets)))
            case .hold(let direction, let range):
                did.append(.hold(direction, text(bytes[range])))
            case .release(let direction, let octets):
                sent[direction]! += octets
                did.append(.release(direction, text(octets)))
            case .inject(let direction, let octets):
                sent[direction]! += octets
                did.append(.inject(direction, text(octets)))
            case .startTimer(.login, _), .cancelTimer(.login):
                if showsLoginTimer { did.append(.act(action)) }
            default:
                did.append(.act(action))
            }
        }
        self.sent = sent
        return did
    }

    mutating func client(_ text: String) -> [Did] { self.receive(Array(text.utf8), from: .client) }
    mutating func server(_ text: String) -> [Did] { self.receive(Array(text.utf8), from: .server) }

    mutating func receive(_ bytes: [UInt8], from direction: Direction) -> [Did] {
        self.play(bytes) { $0.received($1, from: direction, at: $2, perform: $3) }
    }

    mutating func accepted() -> [Did] { self.play { $0.accepted(perform: $3) } }
    mutating func connected() -> [Did] { self.play { $0.connected(at: $2, perform: $3) } }
    mutating func connectFailed(_ reason: String) -> [Did] {
        self.play { $0.connectFailed(reason, at: $2, perform: $3) }
    }
    mutating func closed(_ direction: Direction, _ how: Closing = .closed) -> [Did] {
        self.play { $0.closed(direction, how, at: $2, perform: $3) }
    }
    mutating func established(_ leg: Leg, _ facts: TLSFacts = .test) -> [Did] {
        self.play { $0.tlsEstablished(leg, facts, at: $2, perform: $3) }
    }
    mutating func failed(_ leg: Leg, _ failure: TLSHandshakeFailure) -> [Did] {
        self.play { $0.tlsFailed(leg, failure, at: $2, perform: $3) }
    }
    @discardableResult mutating func noticed(_ leg: Leg, _ notice: TLSNotice) -> [Did] {
        self.play { $0.tlsNoticed(leg, notice, at: $2, perform: $3) }
    }
    /// What left for the client, or for the server, since the last call.
    mutating func took(_ direction: Direction) -> String {
        defer { self.sent[direction] = [] }
        return String(decoding: self.sent[direction]!, as: UTF8.self)
    }
    mutating func writability(_ direction: Direction, _ isWritable: Bool) -> [Did] {
        self.play { $0.writabilityChanged(direction, isWritable: isWritable, perform: $3) }
    }
    mutating func outputsBlocked(_ isBlocked: Bool) -> [Did] {
        self.play { $0.outputsBlocked(isBlocked, perform: $3) }
    }
    mutating func drain() -> [Did] { self.play { $0.drain(at: $2, perform: $3) } }
    @discardableResult mutating func decide(_ number: Int, _ decision: InterceptionDecision) throws -> [Did] {
        var refused: InterceptionError?
        let did = self.play { connection, _, now, perform in
            do throws(InterceptionError) {
                try connection.decide(number, decision, at: now, perform: perform)
            } catch {
                refused = error
            }
        }
        if let refused { throw refused }
        return did
    }
    mutating func timer(_ kind: ProxyAction.TimerKind) -> [Did] { self.play { $0.timer(kind, at: $2, perform: $3) } }
}

extension TLSFacts {
    static let test = TLSFacts(
        version: "TLS 1.3",
        cipher: "TLS_AES_128_GCM_SHA256",
        group: "x25519",
        verification: .verified
    )
}

extension ProxyOptions {
    static var neverSTARTTLS: ProxyOptions {
        var options = ProxyOptions()
        options.neverOfferSTARTTLS()
        return options
    }

    /// Edits are possible, and none ever matches.
    static var idleEdit: ProxyOptions {
        ProxyOptions(capabilityEdits: [CapabilityEdit(cause: "test", removing: ["X-NOWHERE"])])
    }
}

/// A generator of octets that repeats itself: SplitMix64.
struct RepeatableRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var value = self.state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
