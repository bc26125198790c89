public import ProxyCore
public import Traffic

/// Who asks a person about messages that wait (``ProxyCore/Interception``). Event loops call it; it must not block them.
public protocol MessageInterceptor: Sendable {
    /// A message waits. The connection's other messages wait behind it, those of other connections do not.
    func messageWaits(_ message: InterceptedMessage)
    /// The connection is over: nothing is decided about its messages any more.
    func connectionEnded(_ connection: ConnectionID)
}

/// A message that waits for a person, and the way to say what becomes of it.
public struct InterceptedMessage: Sendable {
    public var connection: ConnectionID
    public var interception: Interception
    /// All of it and what of it must not be shown.
    public var content: InterceptedContent
    /// Says what becomes of it, from any thread. What comes back is nil when the decision was taken; otherwise the message
    /// waits still, or ``ProxyCore/InterceptionError/notWaiting(_:)`` says that its time was over.
    public var decide:
        @Sendable (_ decision: InterceptionDecision, _ whenTaken: @escaping @Sendable (InterceptionError?) -> Void) ->
            Void
}
