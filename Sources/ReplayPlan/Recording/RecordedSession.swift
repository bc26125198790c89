public import IMAPSession

/// A message of a recording, with its octets; secrets are overwritten in them.
public struct RecordedMessage: Sendable {
    public var message: Message
    /// The lines and literals, as far as the limits of the source kept them.
    public var text: [UInt8]
    /// What is overwritten or missing: ranges of the text, sorted.
    public var masked: [SecretRange]

    public init(_ message: Message, text: [UInt8], masked: [SecretRange]) {
        self.message = message
        self.text = text
        self.masked = masked
    }
}

/// A whole session, in the order in which it spoke.
public struct RecordedSession: Sendable {
    public enum Entry: Sendable {
        case message(RecordedMessage)
        /// Also those that a message caused, right behind it.
        case event(SessionEvent)
    }

    public var description: SessionDescription
    public var entries: [Entry] = []
    /// Nil when the recording ends before the session does.
    public var summary: SessionSummary?

    public init(_ description: SessionDescription) {
        self.description = description
    }

    public var messages: some Sequence<RecordedMessage> {
        self.entries.lazy.compactMap { entry in
            if case .message(let message) = entry { message } else { nil }
        }
    }
}
