public import IMAPSession
public import Traffic

/// The outputs of one event loop: made on that loop, used on no other thread.
public protocol SessionOutputs: AnyObject {
    /// Who is told what this connection says.
    func observer(for connection: ConnectionID) -> any SessionObserver
    /// Everything that arrived in one turn of the event loop has been told: write it out.
    func flush()
}

/// Something for people that belongs to no session.
public enum ProxyNotice: Sendable, Hashable {
    /// A client beyond the limit was turned away.
    case refused(client: Endpoint, limit: Int)
    /// Accepting failed, most often because file descriptors ran out.
    case acceptFailed(Endpoint, reason: String)
}
