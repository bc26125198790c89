public import FilterLanguage
public import IMAPSession
public import IMAPWire
public import Masking
public import Traffic

/// Hands on what a filter lets through.
///
/// It stands behind the masking stage, so the filter sees what the output would: no secrets. The first line of a session is
/// handed on with the first thing that is shown of it; an exchange is told when one of its messages was shown.
public final class FilteredSink: BufferedSink {
    private let filter: Filter
    private let sink: any BufferedSink
    private let literalPrefix: Int
    private var sessions: [ConnectionID: FilteredSession] = [:]
    private var current: FilteredSession?

    /// - Parameter limits: those of the framer, which say how much of a literal a message's text holds.
    public init(_ filter: Filter, before sink: any BufferedSink, limits: WireLimits = .standard) {
        self.filter = filter
        self.sink = sink
        self.literalPrefix = limits.literalPrefix
    }

    /// Pieces of a literal come before the message that they belong to, when nothing can be said of it yet.
    public var wantsLiterals: Bool { false }

    public func flush() { self.sink.flush() }

    public func end() { self.sink.end() }

    public func demand(for message: Message, session id: ConnectionID) -> TextDemand {
        let session = self.begun(id)
        let truth = session.facts.withMessage(message) { self.filter.evaluate($0) }
        session.decision = (message.number, truth)
        switch truth {
        case .no: return SessionFacts.learns(from: message) ? .text : .none
        case .unknown: return .text
        // Nobody is asked about a message of a session that was never told: its first line comes first.
        case .yes:
            self.show(message.exchange, of: session)
            let demand = self.sink.demand(for: message, session: id)
            return SessionFacts.learns(from: message) ? .text : demand
        }
    }

    public func message(_ message: MaskedMessage, text: RawSpan, session id: ConnectionID) {
        let session = self.begun(id)
        let value = message.message
        session.facts.observe(value)
        defer { if let ended = value.completes { session.end(ended.number) } }
        switch self.decision(value, text, session) {
        case .yes:
            self.sink.message(message, text: text, session: id)
        case .no:
            // The exchange was shown, so how it ended is too.
            if let ended = value.completes, session.shown.contains(ended.number) {
                self.sink.event(.exchangeEnded(ended), session: id)
            }
        case .unknown:
            break
        }
        self.tellAbandoned(session, value)
    }

    /// What was decided before, or what the text says now; the sink has been asked when it is yes.
    private func decision(_ message: Message, _ text: RawSpan, _ session: FilteredSession) -> Truth {
        if let decision = session.decision, decision.number == message.number, decision.truth != .unknown {
            if SessionFacts.learns(from: message) { session.facts.withMessage(message, text: text) { _ in } }
            return decision.truth
        }
        guard session.facts.withMessage(message, text: text, { self.filter.evaluate($0) }) == .yes else { return .no }
        self.show(message.exchange, of: session)
        _ = self.sink.demand(for: message, session: session.id)
        return .yes
    }

    public func announced(_ message: MaskedMessage, text: RawSpan, session id: ConnectionID) {
        let session = self.begun(id)
        let truth = session.facts.withMessage(message.message, text: text) { self.filter.evaluate($0) }
        guard truth == .yes else { return }
        self.show(message.message.exchange, of: session)
        self.sink.announced(message, text: text, session: id)
    }

    public func literal(_ piece: LiteralPiece, octets: RawSpan, session: ConnectionID) {}

    public func event(_ event: SessionEvent, session id: ConnectionID) {
        if case .began(let description) = event {
            let session = FilteredSession(id, description, literalPrefix: self.literalPrefix)
            session.facts.observe(event)
            self.sessions[id] = session
            self.current = nil
            return
        }
        let session = self.begun(id)
        session.facts.observe(event)
        switch event {
        case .exchangeBegan: break
        case .exchangeEnded(let exchange):
            let isWanted = session.facts.withEvent(event) { self.filter.evaluate($0) } == .yes
            if isWanted { self.show(exchange.number, of: session) }
            if session.shown.contains(exchange.number) { self.sink.event(event, session: id) }
            session.end(exchange.number)
        case .opaque:
            if session.isShown { self.sink.event(event, session: id) }
        case .ended:
            let isWanted = session.facts.withEvent(event) { self.filter.evaluate($0) } == .yes
            if isWanted { self.show(0, of: session) }
            if session.isShown { self.sink.event(event, session: id) }
            self.sessions[id] = nil
            self.current = nil
        default:
            guard session.facts.withEvent(event, { self.filter.evaluate($0) }) == .yes else { return }
            self.show(0, of: session)
            self.sink.event(event, session: id)
        }
    }

    // MARK: - What must be told before

    /// The first line of the session and the beginning of the exchange, unless they were handed on already.
    private func show(_ exchange: Int, of session: FilteredSession) {
        if !session.isShown {
            session.isShown = true
            if let description = session.description { self.sink.event(.began(description), session: session.id) }
        }
        guard exchange != 0, !session.shown.contains(exchange) else { return }
        session.shown.insert(exchange)
        if let begun = session.facts.exchange(exchange) {
            self.sink.event(.exchangeBegan(begun), session: session.id)
        }
    }

    /// A regular expression that could not be tried to its end decided nothing, which must not go unsaid.
    private func tellAbandoned(_ session: FilteredSession, _ message: Message) {
        guard session.facts.abandonedSearches > 0, !session.toldAbandoned else { return }
        session.toldAbandoned = true
        self.show(0, of: session)
        let finding = Finding(
            id: "filter-gave-up",
            severity: .low,
            blame: .configuration,
            direction: message.direction,
            offset: message.offset,
            text: "a regular expression of the filter took too many steps here, and was taken as not matching: "
                + self.filter.expression,
            reference: "pcre2api(3), pcre2_set_match_limit"
        )
        self.sink.event(.finding(finding, time: message.time), session: session.id)
    }

    @inline(__always)
    private func session(_ id: ConnectionID) -> FilteredSession? {
        if let current, current.id == id { return current }
        self.current = self.sessions[id]
        return self.current
    }

    /// The session of a message; octets of one direction alone come without a first event.
    @inline(__always)
    private func begun(_ id: ConnectionID) -> FilteredSession {
        if let session = self.session(id) { return session }
        let session = FilteredSession(id, nil, literalPrefix: self.literalPrefix)
        self.sessions[id] = session
        self.current = session
        return session
    }
}

/// What a filter remembers of an open session.
private final class FilteredSession {
    let id: ConnectionID
    let description: SessionDescription?
    let facts: SessionFacts
    /// Whether its first line was handed on.
    var isShown = false
    /// Exchanges that run and of which something was shown.
    var shown: Set<Int> = []
    /// What was decided about the message that was asked for last.
    var decision: (number: Int, truth: Truth)?
    var toldAbandoned = false

    init(_ id: ConnectionID, _ description: SessionDescription?, literalPrefix: Int) {
        self.id = id
        self.description = description
        self.facts = SessionFacts(literalPrefix: literalPrefix)
    }

    func end(_ exchange: Int) {
        self.shown.remove(exchange)
        self.facts.forget(exchange)
    }
}
