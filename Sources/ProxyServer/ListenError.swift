public import Traffic

/// Why a listener could not be opened. Commands renders it.
public enum ListenError: Error, Sendable, Hashable {
    case addressInUse(Endpoint)
    /// Ports below 1024 want privileges.
    case permissionDenied(Endpoint)
    /// The host is no address of this machine.
    case addressNotAvailable(Endpoint)
    case unresolvable(Endpoint, reason: String)
    case other(Endpoint, errno: Int32)
}
