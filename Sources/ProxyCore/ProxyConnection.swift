public import IMAPSession
public import Traffic

/// One client connection and its upstream connection: inputs come in, actions go out.
///
/// It owns no socket and reads no clock.
///
/// While nothing that is loaded can edit the connection, octets are passed on before they are looked at, so inspection
/// never delays them. While an edit is possible the session looks first; only the beginning of a message that may need
/// the edit is kept back, and no more than ``ProxyOptions/heldOctets`` of it.
public struct ProxyConnection {
    enum Phase: Sendable, Hashable {
        /// The client is connected; the upstream connection is being opened. Next: relaying, ended.
        case connecting
        /// Both are connected. Next: ended.
        case relaying
        case ended
    }

    /// Why a stream is not read.
    struct PauseReasons: OptionSet {
        var rawValue: UInt8
        static let notConnected = PauseReasons(rawValue: 1)
        static let receiverFull = PauseReasons(rawValue: 2)
        static let outputsBlocked = PauseReasons(rawValue: 4)
        /// A refused command waits for a place between two messages of the server to be answered.
        static let answerPending = PauseReasons(rawValue: 8)
    }

    let options: ProxyOptions
    private let observer: any SessionObserver
    private let edits: EditStage?
    public private(set) var session: Session
    private(set) var phase: Phase = .connecting
    private var clientPauses: PauseReasons = .notConnected
    private var serverPauses: PauseReasons = .notConnected
    private var clientClosed = false
    private var serverClosed = false
    private var isDraining = false

    public init(description: SessionDescription, options: ProxyOptions, observer: any SessionObserver) {
        self.options = options
        self.observer = observer
        self.edits = options.canEdit ? EditStage(downstream: observer, options: options) : nil
        self.session = Session(
            description: description,
            options: options.session,
            observer: self.edits ?? observer
        )
    }

    /// Whether both connections are over.
    public var hasEnded: Bool { self.phase == .ended }

    // MARK: - Connecting

    /// The client is connected.
    public mutating func accepted(perform: (ProxyAction) -> Void) {
        perform(.openUpstream)
        perform(.startTimer(.connect, seconds: self.options.connectTimeout))
    }

    /// The upstream connection is open.
    public mutating func connected(at time: Timestamp, perform: (ProxyAction) -> Void) {
        guard self.phase == .connecting else { return }
        self.phase = .relaying
        perform(.cancelTimer(.connect))
        self.setPause(.notConnected, .server, false, perform)
        self.setPause(.notConnected, .client, false, perform)
    }

    /// No upstream address could be reached; `reason` says why, for people.
    public mutating func connectFailed(_ reason: String, at time: Timestamp, perform: (ProxyAction) -> Void) {
        guard self.phase == .connecting else { return }
        perform(.cancelTimer(.connect))
        let server = self.session.description.server
        let line = Self.status("* BYE [UNAVAILABLE] imapscope: cannot reach \(server) (\(reason))")
        perform(.inject(.server, line.octets))
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
        self.observer.event(.finding(finding, time: time))
        self.observer.event(
            .edit(
                Edit(
                    direction: .server,
                    offset: 0,
                    cause: "upstream unreachable",
                    before: "",
                    after: line.text,
                    time: time
                )
            )
        )
        self.end(.close, at: time, perform)
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
            return
        }
        self.inspect(edits, bytes, from: direction, at: time, perform)
    }

    /// One peer has closed its stream, or the connection to it broke.
    public mutating func closed(
        _ direction: Direction,
        _ how: Closing,
        at time: Timestamp,
        perform: (ProxyAction) -> Void
    ) {
        guard self.phase != .ended else { return }
        guard how == .closed else {
            self.session.closed(direction, how, at: time)
            self.end(.reset, at: time, perform)
            return
        }
        guard !(direction == .client ? self.clientClosed : self.serverClosed) else { return }
        if direction == .client { self.clientClosed = true } else { self.serverClosed = true }
        self.session.closed(direction, how, at: time)
        if let edits = self.edits {
            let none = RawSpan()
            for stream in [direction, direction.opposite] {
                let end = stream == direction ? edits.flows[stream].seen : self.decided(edits, none, stream, at: time)
                edits.flows[stream].pass(upTo: end, of: none, stream, perform: perform)
            }
            self.answer(edits, at: time, perform)
        }
        perform(.closeOutput(direction))
        if self.clientClosed, self.serverClosed {
            self.end(.close, at: time, perform)
        } else if self.isDraining {
            self.interrupt(at: time, perform)
        }
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
        case .connecting: self.interrupt(at: time, perform)
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

    public mutating func timer(_ kind: ProxyAction.TimerKind, at time: Timestamp, perform: (ProxyAction) -> Void) {
        switch kind {
        case .connect:
            self.connectFailed("no answer within \(self.options.connectTimeout) s", at: time, perform: perform)
        case .drain:
            self.interrupt(at: time, perform)
        }
    }

    private mutating func interrupt(at time: Timestamp, _ perform: (ProxyAction) -> Void) {
        guard self.phase != .ended else { return }
        if !self.clientClosed { self.session.closed(.client, .interrupted, at: time) }
        if !self.serverClosed { self.session.closed(.server, .interrupted, at: time) }
        self.end(.close, at: time, perform)
    }

    private mutating func end(_ action: ProxyAction, at time: Timestamp, _ perform: (ProxyAction) -> Void) {
        self.phase = .ended
        self.session.ended(at: time)
        perform(action)
    }

    // MARK: - Back-pressure

    private mutating func setPause(
        _ reason: PauseReasons,
        _ direction: Direction,
        _ isSet: Bool,
        _ perform: (ProxyAction) -> Void
    ) {
        let before = direction == .client ? self.clientPauses : self.serverPauses
        let after = isSet ? before.union(reason) : before.subtracting(reason)
        if direction == .client { self.clientPauses = after } else { self.serverPauses = after }
        guard self.phase != .ended, before.isEmpty != after.isEmpty else { return }
        perform(after.isEmpty ? .resumeReading(direction) : .pauseReading(direction))
    }

    /// One line of imapscope's own: printable ASCII whatever was put into it.
    static func status(_ text: String) -> (text: String, octets: [UInt8]) {
        let octets = text.utf8.map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }
        return (String(decoding: octets, as: UTF8.self), octets + [0x0D, 0x0A])
    }

    // MARK: - Editing

    private mutating func inspect(
        _ edits: EditStage,
        _ bytes: RawSpan,
        from direction: Direction,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) {
        edits.flows[direction].seen += UInt64(bytes.byteCount)
        self.session.receive(bytes, from: direction, at: time)
        let end = self.decided(edits, bytes, direction, at: time)
        edits.flows[direction].pass(upTo: end, of: bytes, direction, perform: perform)
        // What the server said may have told what the client's octets mean.
        self.settleHeld(edits, direction.opposite, at: time, perform)
        self.answer(edits, at: time, perform)
    }

    private mutating func settleHeld(
        _ edits: EditStage,
        _ direction: Direction,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) {
        guard !edits.flows[direction].held.isEmpty else { return }
        let end = self.decided(edits, RawSpan(), direction, at: time)
        edits.flows[direction].pass(upTo: end, of: RawSpan(), direction, perform: perform)
    }

    /// The offset up to which it is known how the octets leave.
    private func decided(_ edits: EditStage, _ chunk: RawSpan, _ direction: Direction, at time: Timestamp) -> UInt64 {
        let flow = edits.flows[direction]
        guard !self.session.isOpaque else { return flow.seen }
        // The session waits for the answer, and so does everything behind the refused command.
        if direction == .client, !edits.answers.isEmpty { return flow.messageEnd }
        let mayNeedEdit = flow.withTail(of: chunk) { tail in
            guard tail.byteCount > 0 else { return false }
            return direction == .server
                ? !self.options.capabilityEdits.isEmpty && CapabilityLine.canBegin(with: tail)
                : RefusedCommandLine.canBegin(with: tail, self.options.refusedCommands)
        }
        guard mayNeedEdit == true else { return flow.seen }
        guard flow.seen - flow.messageEnd <= UInt64(self.options.heldOctets) else {
            edits.tellTooLate(direction, flow.messageEnd, "an edit", time)
            return flow.seen
        }
        return flow.messageEnd
    }

    /// Answers refused commands, as soon as the server's stream stands between two messages.
    private mutating func answer(_ edits: EditStage, at time: Timestamp, _ perform: (ProxyAction) -> Void) {
        while let answer = edits.answers.first, self.session.state != .greeting, !self.serverClosed,
            edits.flows.server.isAtBoundary
        {
            edits.answers.removeFirst()
            let line = Self.status("\(answer.tag) BAD \(answer.refusal.text)")
            let edit = Edit(
                direction: .client,
                offset: answer.offset,
                cause: answer.refusal.cause,
                before: answer.before,
                after: line.text,
                time: time
            )
            self.observer.event(.edit(edit))
            perform(.inject(.server, line.octets))
            // The session reads the answer where the client does, so that the exchange ends.
            edits.isAnswering = true
            self.session.receive(line.octets.span.bytes, from: .server, at: time)
            edits.isAnswering = false
            edits.flows.server.seen += UInt64(line.octets.count)
            edits.flows.server.passed = edits.flows.server.seen
            self.settleHeld(edits, .client, at: time, perform)
        }
        if self.session.isOpaque { edits.answers = [] }
        self.setPause(.answerPending, .client, !edits.answers.isEmpty, perform)
    }
}
