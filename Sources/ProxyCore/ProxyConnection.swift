public import IMAPSession
public import Traffic

/// One client connection and its upstream connection: inputs come in, actions go out.
///
/// It owns no socket, reads no clock and knows no cipher.
///
/// While nothing that is loaded can edit the connection, octets are passed on before they are looked at, so inspection
/// never delays them. While an edit is possible the session looks first; only the beginning of a message that may need
/// the edit is kept back, and no more than ``ProxyOptions/heldOctets`` of it. Chunks in which no edit can apply are passed
/// on first even then.
public struct ProxyConnection {
    enum Phase: Sendable, Hashable {
        /// The client is connected; the upstream connection is being opened. Next: securing, relaying, refused, ended.
        case connecting
        /// The upstream leg is becoming TLS. Next: relaying, refused, ended.
        case securing
        /// Both are connected. Next: ended.
        case relaying
        /// The upstream leg is over; the client will be told as soon as its handshake is done. Next: ended.
        case refused
        case ended
    }

    /// The client leg's TLS.
    enum ClientTLS: Sendable, Hashable {
        /// Next: handshaking.
        case none
        /// Next: established.
        case handshaking(TLSChange.Start)
        case established
    }

    /// Why a stream is not read.
    struct PauseReasons: OptionSet {
        var rawValue: UInt8
        static let notConnected = PauseReasons(rawValue: 1)
        static let receiverFull = PauseReasons(rawValue: 2)
        static let outputsBlocked = PauseReasons(rawValue: 4)
        /// A refused command waits for a place between two messages of the server to be answered.
        static let answerPending = PauseReasons(rawValue: 8)
        /// The client's TLS handshake goes on.
        static let handshake = PauseReasons(rawValue: 16)
        /// What came in compressed is more than one turn can inflate, or has no meaning yet.
        static let inflating = PauseReasons(rawValue: 32)
        /// A rule, or a person, keeps octets back.
        static let held = PauseReasons(rawValue: 64)
    }

    let options: ProxyOptions
    let observer: any SessionObserver
    let edits: EditStage?
    public internal(set) var session: Session
    var phase: Phase = .connecting
    var clientTLS: ClientTLS = .none
    /// Where the client's stream stood when TLS began with a certificate that it had not seen before; nil when that says
    /// nothing any more.
    var silentSince: UInt64?
    /// The leg whose stream ended first without close_notify.
    var truncatedLeg: Leg?
    var negotiation: UpstreamNegotiation?
    /// Octets, and the end, of a stream that waits for TLS on some leg.
    var waiting = Waiting()
    /// What the client is told when its handshake is done.
    var farewell: [UInt8]?
    var clientPauses: PauseReasons = .notConnected
    var serverPauses: PauseReasons = .notConnected
    var clientClosed = false
    var serverClosed = false
    var isDraining = false
    /// Set while compression ends here.
    var termination: CompressionTermination?
    /// Whether the time until the login is limited and running.
    var awaitsLogin = false

    struct Waiting {
        /// The greeting of a server whose leg became TLS after it, and the list in force since.
        var greeting: [UInt8] = []
        var capabilities: CapabilityList?
        var client = ByteQueue()
        var server = ByteQueue()
        var clientEnd = false
        var serverEnd = false
    }

    public init(description: SessionDescription, options: ProxyOptions, observer: any SessionObserver) {
        var options = options
        options.session.isRelayed = true
        options.session.answersSTARTTLS =
            options.client == .starttls(.offered) || options.client == .starttls(.required)
        var description = description
        if options.client != .cleartext { description.clientLeg = options.client.name }
        if options.upstream != .cleartext { description.upstreamLeg = options.upstream.name }
        self.observer = observer
        let wire = options.wireRules?(description)
        // A factory that makes no rules for this connection leaves it as one without.
        if wire == nil { options.wireRules = nil }
        self.options = options
        self.edits =
            options.canEdit
            ? EditStage(
                downstream: observer,
                options: options,
                wire: wire.map { WireStage($0, server: description.server) }
            ) : nil
        self.session = Session(
            description: description,
            options: options.session,
            observer: self.edits ?? observer
        )
    }

    /// Whether TLS with the server may still come about, so that its certificate is not known yet.
    public var awaitsUpstreamTLS: Bool {
        self.options.upstream != .cleartext && (self.phase == .connecting || self.phase == .securing)
    }

    /// Whether both connections are over.
    public var hasEnded: Bool { self.phase == .ended }

    // MARK: - Connecting

    /// The client is connected.
    public mutating func accepted(perform: (ProxyAction) -> Void) {
        if self.options.client == .tls { self.upgradeClient(.implicit, alreadyRead: [], perform) }
        perform(.openUpstream)
        perform(.startTimer(.connect, seconds: self.options.connectTimeout))
    }

    /// The upstream connection is open.
    public mutating func connected(at time: Timestamp, perform: (ProxyAction) -> Void) {
        guard self.phase == .connecting else { return }
        perform(.cancelTimer(.connect))
        guard self.options.upstream == .cleartext else { return self.secureUpstream(perform) }
        self.phase = .relaying
        self.awaitLogin(perform)
        self.updateHandshakePause(perform)
        self.setPause(.notConnected, .server, false, perform)
        self.setPause(.notConnected, .client, false, perform)
    }

    /// No upstream address could be reached; `reason` says why, for people.
    public mutating func connectFailed(
        _ reason: String,
        at time: Timestamp,
        perform: (ProxyAction) -> Void
    ) {
        guard self.phase == .connecting else { return }
        perform(.cancelTimer(.connect))
        let server = self.session.description.server
        let finding = Finding(
            id: "upstream-unreachable",
            severity: .high,
            blame: .server,
            direction: .server,
            offset: 0,
            text: "cannot reach \(server): \(reason)",
            reference: "RFC 9051 section 7.1.5",
            leg: .upstream
        )
        self.session.report(finding, at: time)
        self.sayGoodbye(
            "[UNAVAILABLE] imapscope: cannot reach \(server) (\(reason))",
            cause: "upstream unreachable",
            at: time,
            perform
        )
    }

    // MARK: - Relaying

    /// Octets have come in.
    ///
    /// Every octet of `bytes` is forwarded, replaced or held before this returns.
    public mutating func received(
        _ bytes: RawSpan,
        from direction: Direction,
        at time: Timestamp,
        perform: (ProxyAction) -> Void
    ) {
        guard self.phase != .ended else { return }
        guard let edits = self.edits else {
            perform(.forward(direction, 0..<bytes.byteCount))
            self.session.receive(bytes, from: direction, at: time)
            self.noteLogin(perform)
            return
        }
        guard self.isReadable(direction) else {
            self.receivedEarly(bytes, from: direction, at: time, perform)
            return
        }
        if self.termination != nil {
            perform(.replace(direction, 0..<bytes.byteCount, with: []))
            self.receivedCompressed(bytes, from: direction, at: time, perform)
            return
        }
        let mayTerminate = self.session.awaitsCompression && edits.canEdit
        guard edits.isAtRest, !mayTerminate else {
            return self.inspect(edits, bytes, from: direction, at: time, perform)
        }
        perform(.forward(direction, 0..<bytes.byteCount))
        edits.passed(bytes.byteCount, direction)
        self.session.receive(bytes, from: direction, at: time)
        self.noteLogin(perform)
    }

    /// One peer has closed its stream, or the connection to it broke.
    public mutating func closed(
        _ direction: Direction,
        _ how: Closing,
        at time: Timestamp,
        perform: (ProxyAction) -> Void
    ) {
        guard self.phase != .ended else { return }
        if direction == .client { self.noteSilence(at: time) }
        if self.closedEarly(direction, how, at: time, perform) { return }
        if self.closedCompressed(direction, how, at: time, perform) { return }
        guard how == .closed else {
            self.session.closed(direction, how, at: time)
            self.end(.reset, at: time, perform)
            return
        }
        guard !(direction == .client ? self.clientClosed : self.serverClosed) else { return }
        if direction == .client { self.clientClosed = true } else { self.serverClosed = true }
        if direction == .client { self.edits?.clientEnds() } else { self.edits?.serverEnds() }
        self.session.closed(direction, how, at: time)
        if let edits = self.edits {
            let none = RawSpan()
            for stream in [direction, direction.opposite] {
                let isOver = stream == direction
                let end = isOver ? edits.flows[stream].seen : self.decided(edits, none, stream, at: time)
                edits.flows[stream].pass(upTo: end, of: none, stream, perform: perform)
            }
            self.answer(edits, at: time, perform)
            if edits.wire != nil { return self.closedBehindRules(edits, direction, at: time, perform) }
        }
        perform(.closeOutput(direction))
        self.endWhenBothClosed(at: time, perform)
    }

    /// The socket that takes the octets of `direction` is full, or has room again.
    public mutating func writabilityChanged(
        _ direction: Direction,
        isWritable: Bool,
        perform: (ProxyAction) -> Void
    ) {
        self.setPause(.receiverFull, direction, !isWritable, perform)
    }

    /// An output that may slow the traffic down is full, or has room again.
    public mutating func outputsBlocked(_ isBlocked: Bool, perform: (ProxyAction) -> Void) {
        self.setPause(.outputsBlocked, .client, isBlocked, perform)
        self.setPause(.outputsBlocked, .server, isBlocked, perform)
    }

    // MARK: - Ending

    /// The proxy is stopping: sessions may finish for a while, but nobody waits for one that only has to be closed.
    public mutating func drain(at time: Timestamp, perform: (ProxyAction) -> Void) {
        switch self.phase {
        case .connecting, .securing, .refused: self.interrupt(at: time, perform)
        case .relaying:
            guard !self.clientClosed, !self.serverClosed, self.session.state != .logout else {
                self.interrupt(at: time, perform)
                return
            }
            self.isDraining = true
            perform(.startTimer(.drain, seconds: self.options.drainTimeout))
        case .ended: break
        }
    }

    public mutating func timer(
        _ kind: ProxyAction.TimerKind,
        at time: Timestamp,
        perform: (ProxyAction) -> Void
    ) {
        switch kind {
        case .connect:
            self.connectFailed(
                "no answer within \(self.options.connectTimeout) s",
                at: time,
                perform: perform
            )
        case .upstreamTLS, .clientTLS:
            self.handshakeTimedOut(kind, at: time, perform)
        case .login: self.loginTimedOut(at: time, perform)
        case .drain:
            self.interrupt(at: time, perform)
        case .inflate:
            self.inflateFurther(at: time, perform)
        case .clientDelivery: self.deliverFurther(.client, at: time, perform)
        case .serverDelivery: self.deliverFurther(.server, at: time, perform)
        case .clientDecision: self.decisionTimedOut(.client, at: time, perform)
        case .serverDecision: self.decisionTimedOut(.server, at: time, perform)
        }
    }

    mutating func interrupt(at time: Timestamp, _ perform: (ProxyAction) -> Void) {
        guard self.phase != .ended else { return }
        if !self.clientClosed { self.session.closed(.client, .interrupted, at: time) }
        if !self.serverClosed { self.session.closed(.server, .interrupted, at: time) }
        self.end(.close, at: time, perform)
    }

    mutating func end(_ action: ProxyAction, at time: Timestamp, _ perform: (ProxyAction) -> Void) {
        self.phase = .ended
        self.waiting = Waiting()
        self.negotiation = nil
        self.session.ended(at: time)
        perform(action)
    }

    /// Ends the connection with a reason that the client can show.
    mutating func refuse(_ refusal: Refusal, at time: Timestamp, _ perform: (ProxyAction) -> Void) {
        guard self.phase != .ended, self.phase != .refused else { return }
        self.session.report(refusal.finding(at: self.session.octets(refusal.direction)), at: time)
        self.sayGoodbye("[UNAVAILABLE] imapscope: \(refusal.text)", cause: refusal.id, at: time, perform)
    }

    /// `* BYE` (RFC 9051 section 7.1.5, with UNAVAILABLE of RFC 5530 where that is so), and the end of both connections.
    ///
    /// A client that is busy with a handshake cannot be told in the clear; it hears under TLS.
    mutating func sayGoodbye(
        _ reason: String,
        cause: String,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) {
        let line = Self.status("* BYE \(reason)")
        self.observer.event(
            .edit(
                Edit(
                    direction: .server,
                    offset: self.session.octets(.server),
                    cause: cause,
                    before: "",
                    after: line.text,
                    time: time
                )
            )
        )
        if case .handshaking = self.clientTLS {
            if self.phase != .connecting { perform(.closeOutput(.client)) }
            self.phase = .refused
            self.farewell = line.octets
            return
        }
        if let termination = self.termination, !termination.isEntered {
            termination.carryOut(.inject(.server, line.octets), chunk: RawSpan(), perform)
            termination.flush(perform)
        } else {
            perform(.inject(.server, line.octets))
        }
        self.end(.close, at: time, perform)
    }

    // MARK: - Back-pressure

    mutating func setPause(
        _ reason: PauseReasons,
        _ direction: Direction,
        _ isSet: Bool,
        _ perform: (ProxyAction) -> Void
    ) {
        let before = direction == .client ? self.clientPauses : self.serverPauses
        let after = isSet ? before.union(reason) : before.subtracting(reason)
        if direction == .client { self.clientPauses = after } else { self.serverPauses = after }
        // Room again: what waits inside has its turn before anything new is read.
        if !isSet, before != after { self.scheduleInflating(direction, perform) }
        guard self.phase != .ended, before.isEmpty != after.isEmpty else { return }
        perform(after.isEmpty ? .resumeReading(direction) : .pauseReading(direction))
    }

    /// One line of imapscope's own: printable ASCII whatever was put into it.
    static func status(_ text: String) -> (text: String, octets: [UInt8]) {
        let octets = text.utf8.map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }
        return (String(decoding: octets, as: UTF8.self), octets + [0x0D, 0x0A])
    }
}
