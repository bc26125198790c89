import IMAPProtocol
import IMAPSession
import IMAPWire
import RuleEngine
import Traffic

/// Stands between a session and its observer while octets may be edited: learns where messages end, and notes which of
/// them leave changed.
///
/// Offsets are those of the session's streams. The session alone frames; this stage never parses a boundary.
final class EditStage: SessionObserver {
    let downstream: any SessionObserver
    let options: ProxyOptions
    /// What the legs ask for as they are now.
    var rules: LegRules {
        didSet { self.noteHeldCommands() }
    }
    /// The commands whose beginning is held back, and their names.
    private(set) var heldCommands: [Command] = []
    private(set) var heldWords: [[UInt8]] = []
    let listWord = Array("CAPABILITY".utf8)
    var flows = Flows()
    /// What the wire rules ask for; nil when there are none.
    let wire: WireStage?
    var answers: [PendingAnswer] = []
    /// Whether compressed octets are relayed as they are: offsets of messages say nothing about them.
    var isBlind = false
    /// Set while the session reads a line that is imapscope's own.
    var isAnswering = false
    /// What the greeting becomes when the upstream leg became TLS after it.
    var securedGreeting: SecuredGreeting?
    /// Why the connection cannot go on.
    var refusal: Refusal?
    /// Whether channel binding was explained in this session.
    var hasToldBinding = false
    /// The login in progress that TLS which ends here may break.
    var boundLogin: BoundLogin?
    /// The CAPABILITY commands in progress.
    var askedForLists: Set<Int> = []
    var state: SessionState = .greeting
    /// Findings told past the session, which does not count them.
    private var ownFindings = 0
    /// Whether a list asked for TLS that the upstream leg has not.
    var hasToldLoginDisabled = false
    /// Whether the client's octets go nowhere any more.
    var ignoresClient = false
    /// Offset of a command answered while it waited for its literal.
    var answeredEarly: UInt64?

    /// One value a direction.
    struct Flows {
        var client = EditedFlow()
        var server = EditedFlow()

        subscript(direction: Direction) -> EditedFlow {
            get { direction == .client ? self.client : self.server }
            _modify {
                if direction == .client { yield &self.client } else { yield &self.server }
            }
        }
    }

    init(downstream: any SessionObserver, options: ProxyOptions, wire: WireStage?) {
        self.downstream = downstream
        self.wire = wire
        self.options = options
        self.rules = LegRules(client: options.client, isTLS: false, upstream: options.upstream)
        self.noteHeldCommands()
    }

    private func noteHeldCommands() {
        self.heldCommands = self.options.refusedCommands.map(\.command) + self.rules.heldCommands
        // Not to change it: what comes behind it must not leave before its answer is known.
        if self.canEdit { self.heldCommands.append(.compress) }
        self.heldWords = self.heldCommands.map { Array($0.rawValue.utf8) }
    }

    /// The client leg is becoming TLS.
    func clientLegIsTLS() {
        self.decideRules(isTLS: true)
        self.wire?.conduct.tlsBegan()
    }

    private func decideRules(isTLS: Bool) {
        self.rules = LegRules(
            client: self.options.client,
            isTLS: isTLS,
            upstream: self.options.upstream,
            state: self.state
        )
    }

    /// Whether a list of the server may have to change.
    var editsLists: Bool {
        if !self.options.capabilityEdits.isEmpty { return true }
        return !self.rules.edits.isEmpty && (!self.rules.editsAnswersOnly || !self.askedForLists.isEmpty)
    }

    /// Whether nothing can change now, in either direction: octets are passed on as if there were no edits.
    var isAtRest: Bool {
        !self.editsLists && self.heldCommands.isEmpty && !self.rules.guardsCredentials && self.answers.isEmpty
            && self.flows.client.isAtRest && self.flows.server.isAtRest && (self.wire?.isAtRest ?? true)
    }

    /// Octets have been passed on at rest.
    func passed(_ count: Int, _ direction: Direction) {
        self.flows[direction].seen += UInt64(count)
        self.flows[direction].passed = self.flows[direction].seen
    }

    /// Whether anything that is loaded, or that the legs ask for, can still change an octet of this connection.
    var canEdit: Bool {
        self.wire != nil || !self.options.capabilityEdits.isEmpty || !self.rules.edits.isEmpty
            || !self.options.refusedCommands.isEmpty
            || !self.rules.heldCommands.isEmpty || self.rules.guardsCredentials
    }

    /// Nothing more comes from the client. What waits behind a STARTTLS never becomes a command, and the beginning of a
    /// command that is not whole may be the beginning of a login.
    func clientEnds() {
        // A command that was kept back and is not whole never becomes one.
        if let wire, wire.grantedFrom == self.flows.client.messageEnd { self.flows.client.drop() }
        let waits = self.answers.contains { if case .startTLS = $0.kind { true } else { false } }
        guard waits || self.rules.guardsCredentials else { return }
        self.answers.removeAll { if case .startTLS = $0.kind { true } else { false } }
        self.flows.client.drop()
        self.ignoresClient = true
    }

    /// Nothing more comes from the server: it asks for no literal any more.
    func serverEnds() {
        let exchange = self.flows.client.awaitedExchange
        if exchange != 0 { self.flows.client.abandon(exchange) }
    }

    // MARK: - SessionObserver

    func message(_ message: Message, text: RawSpan, secrets: [Secret]) {
        self.wire?.source.observe(message)
        switch message.direction {
        case .server: self.serverSays(message, text, secrets)
        case .client: self.clientSays(message, text, secrets)
        }
    }

    private func serverSays(_ message: Message, _ text: RawSpan, _ secrets: [Secret]) {
        self.downstream.message(message, text: text, secrets: secrets)
        let editsLists = self.editsLists
        self.follow(message)
        // Its own lines are no part of the server's stream.
        if self.isAnswering { return }
        let end = message.offset + message.length
        self.flows.server.messageEnd = end
        guard self.canChange(message) else { return }
        if self.wire != nil, self.finishStream(message, text, end) { return }
        self.serverMessage(message, text, message.offset..<end, editsLists: editsLists)
    }

    private func clientSays(_ message: Message, _ text: RawSpan, _ secrets: [Secret]) {
        let login = self.substitution(for: message)
        // What is put in is a secret from here on.
        self.downstream.message(message, text: text, secrets: secrets + (login.map { [$0.secret] } ?? []))
        self.judgeClient(message, text)
        let end = message.offset + message.length
        self.flows.client.messageEnd = end
        guard self.canChange(message) else { return }
        if self.wire != nil, self.finishStream(message, text, end) { return }
        self.clientMessage(message, text, message.offset..<end, login)
    }

    /// Whether it is whole, and its stream one that is read.
    private func canChange(_ message: Message) -> Bool {
        for consequence in message.consequences {
            if case .transportChange(let change) = consequence, change.handling == .relayed { self.isBlind = true }
        }
        return message.complete && !self.isBlind
    }

    /// What a message of the server changes: a list in the answer to the login already is one from behind it.
    private func follow(_ message: Message) {
        // A server that said BYE changes nothing about what came before.
        for case .stateChanged(_, let state, _, _) in message.consequences
        where state != self.state && state != .logout {
            self.state = state
            self.decideRules(isTLS: self.rules.isTLS)
        }
        guard let exchange = message.completes else { return }
        if let wire {
            self.flows.client.abandon(exchange.number)
            if wire.authentication == exchange.number { wire.authentication = 0 }
            if wire.played?.exchange == exchange.number { wire.played = nil }
            if wire.loginRule?.exchange == exchange.number { wire.loginRule = nil }
        }
        if !self.askedForLists.isEmpty { self.askedForLists.remove(exchange.number) }
        self.loginEnded(exchange, message)
    }

    func announced(_ message: Message, text: RawSpan) {
        self.downstream.announced(message, text: text)
        // The literal is refused with the command, so that the client never sends it (RFC 9051 section 4.3).
        guard !self.ignoresClient, !self.isBlind, self.flows.client.passed <= message.offset else { return }
        if !message.isUID, let command = message.command, let kind = self.answer(to: command, hasArguments: true) {
            self.answeredEarly = message.offset
            self.queueAnswer(kind, message, text)
        } else {
            self.literalAnnounced(message, text)
        }
    }

    func passing(_ message: Message, text: RawSpan) {
        self.downstream.passing(message, text: text)
    }

    func literal(_ piece: LiteralPiece, octets: RawSpan) {
        self.downstream.literal(piece, octets: octets)
    }

    func event(_ event: SessionEvent) {
        if case .opaque(let direction, let octets, _) = event {
            self.flows[direction].messageEnd += UInt64(octets)
        }
        self.wire?.source.observe(event)
        guard case .ended(var summary) = event else { return self.downstream.event(event) }
        self.judgeEnd(at: summary.ended)
        summary.findings += self.ownFindings
        self.downstream.event(.ended(summary))
    }

    /// Tells a finding past the session.
    func report(_ finding: Finding, at time: Timestamp) {
        self.ownFindings += 1
        self.downstream.event(.finding(finding, time: time))
    }

    /// The octets were on their way before their meaning was known.
    func tellTooLate(_ direction: Direction, _ offset: UInt64, _ cause: String, _ time: Timestamp) {
        let finding = Finding(
            id: "not-edited",
            severity: .medium,
            blame: .imapscope,
            direction: direction,
            offset: offset,
            text:
                "\(cause) asks for a change here, but the message had left before it could be told what it is",
            reference: "imapscope: octets are held up to \(self.options.heldOctets) a message"
        )
        self.report(finding, at: time)
    }

    /// The first line of a message, without what must not be shown.
    static func line(_ octets: [UInt8], hiding secrets: [SecretRange] = []) -> String {
        let end = octets.firstIndex { $0 == 0x0D || $0 == 0x0A } ?? octets.count
        var line = ""
        var position = 0
        for secret in secrets where secret.range.lowerBound < end && secret.range.lowerBound >= position {
            line +=
                String(decoding: octets[position..<secret.range.lowerBound], as: UTF8.self) + "‹masked›"
            position = min(secret.range.upperBound, end)
        }
        return line + String(decoding: octets[position..<end], as: UTF8.self)
    }
}

extension RawSpan {
    /// Whether nothing stands here but spaces, NULs and line ends.
    var isBlank: Bool {
        for index in 0..<self.byteCount where ![0x20, 0x0D, 0x0A, 0].contains(self[index]) {
            return false
        }
        return true
    }
}
