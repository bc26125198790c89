public import IMAPProtocol
public import Traffic

/// A command and everything that answers it, from its first octet to its tagged completion.
public struct Exchange: Sendable, Hashable {
    /// Counted from 1 within the session.
    public var number: Int
    /// The tag as text; octets above 0x7F one scalar each.
    public var tag: String
    /// The line that began it may be a misplaced credential, and so may its first word: the tag is not to be shown.
    public var hidesTag = false
    /// The name as sent, in capitals: `UID FETCH`.
    public var name: String
    public var command: Command?
    public var isUID: Bool
    /// When the command's first octet and its last octet arrived.
    public var began: Timestamp
    public var sent: Timestamp
    /// When the first octet that answers it arrived: its untagged data, a continuation request, or the completion.
    public var firstAnswer: Timestamp?
    /// When the tagged completion was complete.
    public var ended: Timestamp?
    /// OK, NO or BAD; nil while it runs or when the connection ended first.
    public var status: Status?
    /// Octets of the command with its literals and lines, and of the responses counted for it.
    public var clientOctets: UInt64
    public var serverOctets: UInt64
    /// Untagged responses counted for it.
    public var untagged: Int
    /// Literals sent with the command.
    public var literals: Int

    public init(
        number: Int,
        tag: String,
        name: String,
        command: Command?,
        isUID: Bool,
        began: Timestamp,
        sent: Timestamp
    ) {
        self.number = number
        self.tag = tag
        self.name = name
        self.command = command
        self.isUID = isUID
        self.began = began
        self.sent = sent
        self.clientOctets = 0
        self.serverOctets = 0
        self.untagged = 0
        self.literals = 0
    }

    /// Nanoseconds from the command's last octet to its completion.
    public var latency: Int64? { self.ended.map { $0.since(self.sent) } }

    /// Nanoseconds from the command's last octet to the first octet that answers it.
    public var firstAnswerLatency: Int64? { self.firstAnswer.map { $0.since(self.sent) } }
}
