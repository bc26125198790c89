/// A limit that a message went beyond, with both numbers. Framing went on; only what is kept of the message is cut.
public enum WireLimitExceeded: Error, Sendable, Hashable {
    /// The message has more octets than are kept of its text.
    case messageText(limit: Int, actual: UInt64)
    /// The message has more literals than are listed.
    case literals(limit: Int, actual: Int)
}

/// What the framer keeps of one message. Framing itself has no limit: octets beyond these are counted, not kept.
public struct WireLimits: Sendable, Hashable {
    /// The most octets of one message's text (its lines and the kept part of its literals).
    public var messageText: Int
    /// How many octets of each literal are kept in the text; longer literals stream past.
    public var literalPrefix: Int
    /// The most literals of one message that are listed; further ones are framed but not listed.
    public var literalsPerMessage: Int

    public init(messageText: Int = 1 << 20, literalPrefix: Int = 4096, literalsPerMessage: Int = 4096) {
        self.messageText = messageText
        self.literalPrefix = literalPrefix
        self.literalsPerMessage = literalsPerMessage
    }

    public static let standard = WireLimits()
}
