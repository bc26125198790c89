public import ProxyCore
public import TLSTransport
public import Traffic

/// One address to listen on, and what clients find there.
public struct Listener: Sendable {
    /// A name is listened on at each of its addresses. Port 0 takes a free one.
    public var endpoint: Endpoint
    public var leg: ClientLeg
    /// What the leg needs when it is, or can become, TLS.
    public var tls: TLSContext?

    public init(_ endpoint: Endpoint, leg: ClientLeg = .cleartext, tls: TLSContext? = nil) {
        self.endpoint = endpoint
        self.leg = leg
        self.tls = tls
    }
}

/// Where a proxy listens, where it connects to, and its limits.
public struct ProxyConfiguration: Sendable {
    public var listeners: [Listener]
    public var upstream: Endpoint
    /// What the upstream leg needs when it is, or becomes, TLS.
    public var upstreamTLS: TLSContext?
    /// Where certificates for clients come from when a listener's context leaves them open.
    public var identities: (any ClientIdentitySource)?
    /// Who asks a person about messages that wait; without one they go on at once.
    public var interceptor: (any MessageInterceptor)?
    /// Each listener's leg replaces `client`.
    public var options: ProxyOptions
    /// Further clients are refused with BYE.
    public var maximumConnections: Int
    /// Seconds for one upstream address; ``ProxyCore/ProxyOptions/connectTimeout`` is for all of them.
    public var addressTimeout: Int
    /// Event loops. A connection lives on one of them, both legs.
    public var threads: Int

    /// Cleartext listeners, or what `options` say.
    public init(
        listeners: [Endpoint],
        upstream: Endpoint,
        options: ProxyOptions = ProxyOptions(),
        maximumConnections: Int = 10_000,
        addressTimeout: Int = 10,
        threads: Int = 1
    ) {
        self.init(
            listeners: listeners.map { Listener($0, leg: options.client) },
            upstream: upstream,
            options: options,
            maximumConnections: maximumConnections,
            addressTimeout: addressTimeout,
            threads: threads
        )
    }

    public init(
        listeners: [Listener],
        upstream: Endpoint,
        upstreamTLS: TLSContext? = nil,
        options: ProxyOptions = ProxyOptions(),
        maximumConnections: Int = 10_000,
        addressTimeout: Int = 10,
        threads: Int = 1
    ) {
        self.listeners = listeners
        self.upstream = upstream
        self.upstreamTLS = upstreamTLS
        self.options = options
        self.maximumConnections = maximumConnections
        self.addressTimeout = addressTimeout
        self.threads = threads
    }
}
