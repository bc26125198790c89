public import IMAPSession
public import RuleEngine
public import Traffic

/// Who says what becomes of the messages of one connection: ``WireRules``, and in tests a script.
///
/// Messages and events are told in their order; a message that waits to be sent is asked about once, after it was told.
public protocol WireRuleSource: AnyObject {
    func observe(_ message: Message)
    func observe(_ event: SessionEvent)
    /// Whether any rule may apply in this direction while the session is as it is.
    func mayApply(_ direction: Direction) -> Bool
    /// Whether a rule may apply to a message of this sort, of which only the beginning may be known.
    func mayApply(to message: Message) -> Bool
    /// What becomes of a message, of which all octets are there.
    func plan(_ message: Message, octets: RawSpan) -> WirePlan
    /// What becomes of a message whose literal was announced and has not come; nil: it has to be held.
    func streamPlan(_ message: Message, octets: RawSpan) -> StreamPlan?
    /// The credentials that the server gets instead of those of the LOGIN or AUTHENTICATE command; nil: the client's own.
    func login(_ message: Message) -> LoginSubstitution?
    /// What keeps the TLS handshake of a leg from coming to its end; nil: nothing. Asked once, before it begins.
    func handshakeFault(_ leg: HandshakeFault.Leg) -> HandshakeFault?
}

extension WireRuleSource {
    public func login(_ message: Message) -> LoginSubstitution? { nil }
    public func handshakeFault(_ leg: HandshakeFault.Leg) -> HandshakeFault? { nil }
}

extension WireRules: WireRuleSource {}

/// What becomes of a message that is longer than what is held.
public enum HoldOverflow: String, Sendable, Hashable, CaseIterable {
    /// It passes as it came, with a finding.
    case pass
    /// The connection ends.
    case close
}
