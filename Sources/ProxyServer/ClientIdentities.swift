public import TLSTransport
public import Traffic

/// Where the certificates come from that mail clients are shown, when they are made for the names that clients ask for.
public protocol ClientIdentitySource: Sendable {
    /// Whether the server's own certificate has been seen, whose names are copied.
    var knowsUpstream: Bool { get }
    /// The server has shown this chain.
    func learn(_ chain: [TLSCertificate])
    /// Whether the keys for certificates of these kinds are made.
    func hasKeys(_ kinds: TLSKeyTypes) -> Bool
    /// Makes them, which takes time: called beside the event loops. What goes wrong is an error of ``identities(for:)``.
    func makeKeys(_ kinds: TLSKeyTypes)
    /// The certificates for one handshake, one for each kind of key; any event loop asks.
    func identities(for client: ClientIdentityRequest) throws(ClientIdentityError) -> [TLSIdentity]
}

/// What a handshake with a client wants a certificate for.
public struct ClientIdentityRequest: Sendable, Hashable {
    /// SNI.
    public var serverName: String?
    /// The listener as it was asked for.
    public var listener: Endpoint
    /// The address at which the client arrived: what the listener is when it listens on every address.
    public var address: String?
    /// What the client can take.
    public var keys: TLSKeyTypes

    public init(serverName: String?, listener: Endpoint, address: String?, keys: TLSKeyTypes = .ecdsa) {
        self.serverName = serverName
        self.listener = listener
        self.address = address
        self.keys = keys
    }
}

/// Why there is no certificate for a client.
public struct ClientIdentityError: Error, Sendable, Hashable {
    public var reason: String

    public init(reason: String) {
        self.reason = reason
    }
}
