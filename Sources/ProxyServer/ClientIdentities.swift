public import TLSTransport
public import Traffic

/// Where the certificates come from that mail clients are shown, when they are made for the names that clients ask for.
public protocol ClientIdentitySource: Sendable {
    /// Whether the server's own certificate has been seen, whose names are copied.
    var knowsUpstream: Bool { get }
    /// The server has shown this chain.
    func learn(_ chain: [TLSCertificate])
    /// The certificate for one handshake; any event loop asks.
    func identity(for client: ClientIdentityRequest) throws(ClientIdentityError) -> TLSIdentity
}

/// What a handshake with a client wants a certificate for.
public struct ClientIdentityRequest: Sendable, Hashable {
    /// SNI.
    public var serverName: String?
    /// The listener as it was asked for.
    public var listener: Endpoint
    /// The address at which the client arrived: what the listener is when it listens on every address.
    public var address: String?

    public init(serverName: String?, listener: Endpoint, address: String?) {
        self.serverName = serverName
        self.listener = listener
        self.address = address
    }
}

/// Why there is no certificate for a client.
public struct ClientIdentityError: Error, Sendable, Hashable {
    public var reason: String

    public init(reason: String) {
        self.reason = reason
    }
}
