import IMAPProtocol
public import IMAPSession
import Traffic

/// What is known of a session, and of the message or event in it that a filter is asked about.
///
/// One per session. Whoever feeds it tells every event and shows every message it wants to ask about, masked.
public final class SessionFacts {
    // MARK: - The session

    var description: SessionDescription?
    var peer: (host: String, address: NumericAddress?)?
    var server: (host: String, address: NumericAddress?)?
    var listener: (host: String, address: NumericAddress?)?
    var user: String?
    var mailbox: String?
    var state = SessionState.greeting
    var clientTLS: TLSFacts?
    var upstreamTLS: TLSFacts?
    var clientID: [String] = []
    var serverID: [String] = []
    /// Exchanges that have begun and not ended, oldest first.
    private(set) var running: [RunningExchange] = []

    struct RunningExchange {
        var exchange: Exchange
        /// The number of the command message; 0 while it is not complete.
        var message = 0
    }

    /// More are not remembered: pipelines are short.
    private static let runningLimit = 256

    // MARK: - The item

    var knowledge = Knowledge.text
    var message: Message?
    var event: SessionEvent?
    /// The message's text; valid during a call of ``withMessage(_:text:_:)`` only.
    var octets: UnsafeRawBufferPointer?
    /// At ``Knowledge/kind``: the command of the exchange, where there is one.
    var knownCommand: Command?
    var commandIsOpen = false
    /// How often a regular expression was given up, over all items so far.
    public internal(set) var abandonedSearches = 0

    private var parser: SyntaxParser
    private var isParsed = false

    /// - Parameter literalPrefix: how many octets of a literal the texts hold.
    public init(literalPrefix: Int) {
        self.parser = SyntaxParser(literalPrefix: literalPrefix)
    }

    // MARK: - Learning

    /// Takes an event into account, whatever a filter says about it.
    public func observe(_ event: SessionEvent) {
        switch event {
        case .began(let description):
            self.description = description
            self.peer = (description.client.host, NumericAddress(description.client.host))
            self.server = (description.server.host, NumericAddress(description.server.host))
            self.listener = description.listener.map { ($0.host, NumericAddress($0.host)) }
        case .exchangeBegan(let exchange): self.insert(exchange)
        case .exchangeEnded(let exchange): self.running.removeAll { $0.exchange.number == exchange.number }
        case .authentication(let outcome):
            if outcome.status == .ok {
                self.user = outcome.authorizationIdentity.flatMap { $0.isEmpty ? nil : $0 } ?? outcome.user
            }
        case .stateChanged(_, let to, let mailbox, _):
            self.state = to
            self.mailbox = to == .selected ? mailbox.map(MailboxName.decoded) : nil
            if to == .notAuthenticated { self.user = nil }
        case .tls(let change):
            self.clientTLS = change.client
            self.upstreamTLS = change.upstream
        default: break
        }
    }

    private func insert(_ exchange: Exchange) {
        if let index = self.running.firstIndex(where: { $0.exchange.number == exchange.number }) {
            self.running[index].exchange = exchange
            return
        }
        if self.running.count == Self.runningLimit { self.running.removeFirst() }
        self.running.append(RunningExchange(exchange: exchange))
    }

    /// Takes into account what a message causes; called once for each, before a filter is asked with its text.
    public func observe(_ message: Message) {
        for consequence in message.consequences { self.observe(consequence) }
        guard message.kind == .command, message.exchange != 0,
            let index = self.running.lastIndex(where: { $0.exchange.number == message.exchange })
        else { return }
        self.running[index].message = message.number
    }

    /// The exchange of the message is over.
    public func forget(_ exchange: Int) {
        self.running.removeAll { $0.exchange.number == exchange }
    }

    /// The exchange of this number, while it runs.
    public func exchange(_ number: Int) -> Exchange? {
        self.running.last { $0.exchange.number == number }?.exchange
    }

    // MARK: - Asking

    /// Calls `body` with a message of which nothing is known but what the session says of it: not its text.
    public func withMessage<Result>(_ message: Message, _ body: (SessionFacts) -> Result) -> Result {
        self.knowledge = .message
        self.message = message
        self.knownCommand = message.command ?? self.exchange(message)?.command
        defer { self.clear() }
        return body(self)
    }

    /// Calls `body` with a message and its masked text.
    public func withMessage<Result>(_ message: Message, text: RawSpan, _ body: (SessionFacts) -> Result) -> Result {
        text.withUnsafeBytes { octets in
            self.knowledge = .text
            self.message = message
            self.knownCommand = message.command ?? self.exchange(message)?.command
            self.octets = octets
            self.isParsed = false
            self.learnIdentification(message)
            defer { self.clear() }
            return body(self)
        }
    }

    /// Calls `body` with an event that came without a message.
    public func withEvent<Result>(_ event: SessionEvent, _ body: (SessionFacts) -> Result) -> Result {
        self.knowledge = .text
        self.event = event
        defer { self.clear() }
        return body(self)
    }

    /// Calls `body` with a sort of message.
    ///
    /// - Parameters:
    ///   - command: that of the message or of its exchange; nil when it has none, or one that is not known.
    ///   - commandIsOpen: whether nil means that any unknown command is possible.
    func withKind<Result>(
        of message: Message,
        command: Command?,
        commandIsOpen: Bool,
        _ body: (SessionFacts) -> Result
    ) -> Result {
        self.knowledge = .kind
        self.message = message
        self.knownCommand = command
        self.commandIsOpen = commandIsOpen
        defer { self.clear() }
        return body(self)
    }

    private func clear() {
        self.knowledge = .text
        self.message = nil
        self.event = nil
        self.octets = nil
        self.knownCommand = nil
        self.commandIsOpen = false
    }

    private func exchange(_ message: Message) -> Exchange? {
        message.completes ?? (message.exchange == 0 ? nil : self.exchange(message.exchange))
    }

    // MARK: - Grammar

    /// Calls `body` with what the message says by the grammar; nil when it is none that has one, or is not there.
    func withSyntax<Result>(_ body: (SyntaxTree, RawSpan) -> Result) -> Result? {
        guard let message, let octets else { return nil }
        let sentence: Sentence
        switch message.kind {
        case .command: sentence = .command
        case .greeting, .untagged, .tagged, .continuation: sentence = .response
        case .sasl, .done, .cancel, .unparsed: return nil
        }
        if !self.isParsed {
            self.isParsed = true
            let isTruncated = message.truncated || !message.complete || message.literalRefused
            self.parser.parse(octets.bytes, as: sentence, context: SyntaxContext(isTruncated: isTruncated))
        }
        return body(self.parser.tree, octets.bytes)
    }

    /// Whether later messages are judged by what this one says: ID tells who the peer is (RFC 2971). Its text is worth
    /// having whatever becomes of the message.
    public static func learns(from message: Message) -> Bool {
        message.kind == .command && message.command == .id || message.response == .id
    }

    private func learnIdentification(_ message: Message) {
        guard Self.learns(from: message) else { return }
        let values =
            self.withSyntax { tree, text in
                tree.nodes.filter { $0.production == .idValue }.compactMap { $0.octets(in: text) }
                    .map { String(decoding: $0, as: UTF8.self) }
            } ?? []
        if message.direction == .client { self.clientID = values } else { self.serverID = values }
    }
}
