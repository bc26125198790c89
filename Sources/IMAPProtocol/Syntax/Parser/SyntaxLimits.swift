/// What the parser keeps of one message. The text has its own limit, ``WireLimits/messageText``.
public struct SyntaxLimits: Sendable, Hashable {
    /// How deep lists, search keys and body parts may nest; what is deeper is kept raw.
    public var nesting: Int
    /// How many problems are listed.
    public var problems: Int
    /// How many accepted deviations are listed.
    public var tolerances: Int

    public init(nesting: Int = 100, problems: Int = 16, tolerances: Int = 64) {
        self.nesting = nesting
        self.problems = problems
        self.tolerances = tolerances
    }

    public static let standard = SyntaxLimits()
}

/// What kind of message a text is: the session knows.
public enum Sentence: Sendable, Hashable {
    /// A client's line that begins with a tag.
    case command
    /// A server's line; untagged, tagged or a continuation request.
    case response
    /// A client's line during AUTHENTICATE: base64, or `*`.
    case authenticateResponse
    /// A client's line during IDLE.
    case idleDone
}

/// What the grammar of a message depends on beside its text.
public struct SyntaxContext: Sendable, Hashable {
    /// UTF-8 in quoted strings and mailbox names: after ENABLE UTF8=ACCEPT (RFC 9755) or IMAP4rev2 (RFC 9051).
    public var utf8: Bool
    /// Less is kept of the message than there was, so its end says nothing.
    public var isTruncated: Bool

    public init(utf8: Bool = false, isTruncated: Bool = false) {
        self.utf8 = utf8
        self.isTruncated = isTruncated
    }
}
