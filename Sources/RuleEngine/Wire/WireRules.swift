public import IMAPSession
public import Traffic

/// The rules that may change what one session's peers send.
///
/// One object serves one connection, on its thread. The session's messages and events are told to it in their order; for
/// each message that waits to be sent it is asked for a plan once.
public final class WireRules {
    /// Takes note of what a message or event says about the session. Called for all of them, before ``plan(_:octets:)``.
    public func observe(_ message: Message) {}
    public func observe(_ event: SessionEvent) {}

    /// Whether any rule may apply to a message that comes in this direction while the session is as it is. Where none
    /// may, octets are passed on before they are looked at.
    public func mayApply(_ direction: Direction) -> Bool { false }

    /// Whether a rule may apply to a message of this sort, of which only the beginning may be known.
    public func mayApply(to message: Message) -> Bool { false }

    /// What the rules make of a message.
    ///
    /// - Parameter octets: all octets of the message, literals included.
    public func plan(_ message: Message, octets: RawSpan) -> WirePlan { WirePlan() }

    /// What the rules make of a message whose literal has been announced and not come, where that can be known from what
    /// there is: a replacement of the whole literal, a mask of the same length, a truncation. Nil: the message has to be held.
    ///
    /// - Parameter octets: the message up to and with the announcement.
    public func streamPlan(_ message: Message, octets: RawSpan) -> StreamPlan? { nil }
}

/// A plan for a literal that passes in pieces, and for the line that announces it.
public struct StreamPlan: Sendable, Hashable {
    public enum Content: Sendable, Hashable {
        case keep
        /// Every octet leaves as this one.
        case fill(UInt8)
        /// Only so many octets leave.
        case truncate(UInt64)
        /// These leave instead.
        case replace([UInt8])
    }

    /// Replacements in the line, the announced count among them.
    public var line: WirePlan
    public var content: Content
    public var rule: String

    public init(line: WirePlan, content: Content, rule: String) {
        self.line = line
        self.content = content
        self.rule = rule
    }
}
