import IMAPProtocol
import IMAPWire
public import Traffic

/// An IMAP4rev1 server for one connection, without sockets, clock or randomness: octets come in, octets go out.
///
/// Connections of the same ``MailStore`` see each other's changes. Whoever runs several of them calls
/// ``storeChanged()`` on the others after a call of ``receive(_:)``, so that idling clients are told.
public struct TestServer: Sendable {
    /// What the client's next line is, when it is not a command.
    enum Dialogue: Sendable {
        case authenticating(tag: String, Authentication)
        case idling(tag: String)
    }

    public let configuration: ServerConfiguration
    public let store: MailStore
    /// The time, for messages that are appended without one and for challenges; set by the caller.
    public var now: Timestamp
    /// Who is logged in.
    public internal(set) var user: String?

    var selected: SelectedMailbox?
    var framer: Framer
    var dialogue: Dialogue?
    var script: ServerScript
    /// The misbehaviours of the command in progress.
    var effects: [Misbehaviour.Effect] = []
    /// What the client sent to prove itself, kept only as long as the script wants to repeat it.
    var proof: Secret?
    /// The command's answer went out before its literal came.
    var isAnswered = false
    var output: [UInt8] = []
    public private(set) var isClosed = false

    public init(configuration: ServerConfiguration, store: MailStore, now: Timestamp = .zero) {
        self.configuration = configuration
        self.store = store
        self.now = now
        let limits = configuration.limits
        self.framer = Framer(
            direction: .client,
            limits: WireLimits(messageText: limits.line + limits.literal, literalPrefix: limits.literal)
        )
        self.script = ServerScript(configuration.misbehaviours)
    }

    /// The connection is open: returns the greeting.
    public mutating func connected() -> [UInt8] {
        var reply = Reply("", lines: [])
        switch self.configuration.greeting {
        case .ok(let text): reply.text = text
        case .preauth(let user, let text):
            reply.status = .preauth
            reply.text = text
            self.user = user
        case .bye(let text):
            reply.status = .bye
            reply.text = text
            reply.closes = true
        }
        if self.configuration.greetsWithCapabilities, reply.status != .bye {
            reply.code = "CAPABILITY \(self.configuration.capabilities(isAuthenticated: self.user != nil))"
        }
        let (octets, close) = ReplyWriter(effects: self.script.greeting).write(reply, tag: "*")
        self.isClosed = close
        return octets
    }

    /// Octets of the client. When `close` is set, the connection ends after `octets`.
    public mutating func receive(_ bytes: RawSpan) -> (octets: [UInt8], close: Bool) {
        var cursor = 0
        while !self.isClosed, let frame = self.framer.next(in: bytes, cursor: &cursor) {
            switch frame {
            case .message(let message):
                let text = self.framer.withText(of: message, in: bytes) { text in text.withUnsafeBytes { Array($0) } }
                self.receivedMessage(text, message)
            case .literalAwaited(let literal): self.literalAwaited(literal)
            case .literalOctets, .opaque: break
            }
        }
        defer { self.output = [] }
        return (self.output, self.isClosed)
    }

    /// Another connection may have changed the store: returns what an idling client is to be told.
    public mutating func storeChanged() -> [UInt8] {
        guard case .idling = self.dialogue, !self.isClosed else { return [] }
        return self.updates(allowsExpunge: true).flatMap { $0.octets(lineEnd: [0x0D, 0x0A], literalSizeError: 0) }
    }

    private mutating func receivedMessage(_ text: [UInt8], _ message: MessageFrame) {
        switch self.dialogue {
        case .authenticating(let tag, let authentication):
            self.dialogue = nil
            self.authenticationLine(Self.withoutLineEnd(text), tag: tag, authentication)
        case .idling(let tag):
            self.dialogue = nil
            self.framer.language = .commands
            let isDone = Self.withoutLineEnd(text).isEqual(ignoringCase: "DONE")
            self.finish(isDone ? Reply("Idle completed") : Reply(.bad("Expected DONE")), tag: tag)
        case nil:
            self.command(text, message)
        }
    }

    static func withoutLineEnd(_ text: [UInt8]) -> [UInt8] {
        Array(text[..<MessageText.lineEnd(text, from: 0, to: text.count).content])
    }

    /// Sends the tagged answer, with what changed in the mailbox before it.
    mutating func finish(_ reply: Reply, tag: String, allowsExpunge: Bool = true) {
        var reply = reply
        if self.effects.contains(.echoPassword), let proof = self.proof {
            self.user = nil
            let text = proof.withBytes { octets in
                String(decoding: octets.filter { $0 >= 0x20 && $0 < 0x7F }, as: UTF8.self)
            }
            reply = Reply(.no("Cannot log in with \(text)", code: "AUTHENTICATIONFAILED"))
        }
        self.proof = nil
        reply.lines += self.updates(allowsExpunge: allowsExpunge)
        guard !self.isAnswered else { return self.isAnswered = false }
        let (octets, close) = ReplyWriter(effects: self.effects).write(reply, tag: tag)
        self.effects = []
        self.output += octets
        if close { self.isClosed = true }
    }

    mutating func updates(allowsExpunge: Bool) -> [OutputLine] {
        guard let user = self.user, var selected = self.selected else { return [] }
        let lines = self.store.withAccount(user) { account in
            selected.updates(&account.mailboxes[selected.name], allowsExpunge: allowsExpunge)
        }
        self.selected = selected
        return lines
    }
}
