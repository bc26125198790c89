/// Who computes what takes long, on other threads, while sessions are read on.
public protocol VerificationExecutor: Sendable {
    func verify(_ work: @escaping @Sendable () -> Verdicts) -> any PendingVerdicts
}

/// Verdicts that are being computed.
public protocol PendingVerdicts: AnyObject, Sendable {
    /// Blocks until they are there.
    func wait() -> Verdicts
}

/// Pending verdicts as a part of values: the same only as themselves.
public struct DeferredVerdicts: Sendable, Hashable {
    public let pending: any PendingVerdicts

    public init(_ pending: any PendingVerdicts) { self.pending = pending }

    public static func == (one: DeferredVerdicts, other: DeferredVerdicts) -> Bool { one.pending === other.pending }
    public func hash(into hasher: inout Hasher) { hasher.combine(Swift.ObjectIdentifier(self.pending)) }
}
