import IMAPProtocol
import IMAPSession
import IMAPWire
import Traffic

extension RuleExample {
    /// Plays the session through the wire rules: what the peers get, message by message.
    ///
    /// A pure stand-in for the proxy: messages come whole, literals are granted, and a command that is answered is answered
    /// at once.
    func relayed(_ rules: [Rule]) -> [String] {
        let relay = ExampleRelay(
            RuleSet(rules).wire(for: ConnectionID(1), literalPrefix: ExampleRelay.limits.literalPrefix)
        )
        var session = Session(
            description: Self.description,
            options: SessionOptions(limits: ExampleRelay.limits),
            observer: relay
        )
        var time = Timestamp.zero
        for line in self.session {
            time = time.advanced(byNanoseconds: 1_000_000)
            let octets = EscapedOctets.octets(line.dropFirst(3)) + [0x0D, 0x0A]
            let direction: Direction = line.hasPrefix("C: ") ? .client : .server
            for piece in direction == .client ? Framing.pieces(octets) : [octets] {
                session.receive(piece.span.bytes, from: direction, at: time)
                while !relay.own.isEmpty {
                    let own = relay.own.removeFirst()
                    relay.isOwn = true
                    session.receive(own.span.bytes, from: .server, at: time)
                    relay.isOwn = false
                }
            }
        }
        return relay.lines
    }
}

/// Applies plans to whole messages and keeps what would be sent.
private final class ExampleRelay: SessionObserver {
    static let limits = WireLimits(messageText: 1 << 20, literalPrefix: 1 << 20)

    private let rules: WireRules?
    private(set) var lines: [String] = []
    /// What the session has to hear from imapscope in the server's place.
    var own: [[UInt8]] = []
    var isOwn = false
    private var stopped: Set<Direction> = []

    init(_ rules: WireRules?) { self.rules = rules }

    func message(_ message: Message, text: RawSpan, secrets: [Secret]) {
        guard let rules else { return self.write(message.direction, text.withUnsafeBytes { Array($0) }) }
        rules.observe(message)
        guard !self.isOwn else { return }
        if let login = rules.login(message) {
            return self.note(.client, "login by \(login.method.rawValue)\(login.user.map { " as \($0)" } ?? "")")
        }
        self.apply(rules.plan(message, octets: text), message, text)
    }

    func announced(_ message: Message, text: RawSpan) { self.own.append(Array("+ go on\r\n".utf8)) }
    func literal(_ piece: LiteralPiece, octets: RawSpan) {}
    func event(_ event: SessionEvent) { self.rules?.observe(event) }

    private func apply(_ plan: WirePlan, _ message: Message, _ text: RawSpan) {
        for failure in plan.failures { self.note(message.direction, "\(failure.rule): \(failure.reason)") }
        for injection in plan.injections where injection.place == .before { self.write(.server, injection.octets) }
        switch plan.outcome {
        case .send: self.send(plan.applied(to: text), plan.delivery, message.direction)
        case .drop: break
        case .answer(let answer, _):
            self.write(.server, answer.untagged)
            if let tagged = answer.tagged {
                let line = message.tag.map { text[$0] } + [0x20] + Array(tagged.utf8) + [0x0D, 0x0A]
                self.write(.server, line)
                self.own.append(line)
            }
            self.write(.server, answer.behind)
        }
        for injection in plan.injections where injection.place == .after { self.write(.server, injection.octets) }
    }

    private func send(_ octets: [UInt8], _ delivery: Delivery?, _ direction: Direction) {
        if let delivery, let text = delivery.text { self.note(direction, text) }
        guard let stop = delivery?.stop, stop.after < octets.count else { return self.write(direction, octets) }
        self.write(direction, Array(octets[..<stop.after]))
        self.note(direction, stop.by.rawValue)
        self.stopped.insert(direction)
        if stop.by == .close || stop.by == .reset { self.stopped = [.client, .server] }
    }

    /// One line for each message of the octets.
    private func write(_ direction: Direction, _ octets: [UInt8]) {
        guard !octets.isEmpty, !self.stopped.contains(direction) else { return }
        var start = 0
        for length in Framing.messages(octets.span.bytes, direction) ?? [octets.count] {
            self.lines.append(Self.prefix(direction) + EscapedOctets.text(octets[start..<(start + length)]))
            start += length
        }
    }

    private func note(_ direction: Direction, _ text: String) {
        guard !self.stopped.contains(direction) else { return }
        self.lines.append("\(Self.prefix(direction))(\(text))")
    }

    private static func prefix(_ direction: Direction) -> String { direction == .client ? "C: " : "S: " }
}

extension Delivery {
    /// How the octets leave; nil: as they come, up to the stop.
    fileprivate var text: String? {
        var parts: [String] = []
        if self.delay > 0 { parts.append("after \(self.delay / 1_000_000) ms") }
        if let slice { parts.append("\(slice) octets a write") }
        if self.pause > 0 { parts.append("\(self.pause / 1_000_000) ms between writes") }
        if let rate { parts.append("\(rate) octets a second") }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}
