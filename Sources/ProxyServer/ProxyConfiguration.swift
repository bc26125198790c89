public import ProxyCore
public import Traffic

/// Where a proxy listens, where it connects to, and its limits.
public struct ProxyConfiguration: Sendable {
    /// Hosts are names or addresses; a name is listened on at each of its addresses. Port 0 takes a free one.
    public var listeners: [Endpoint]
    public var upstream: Endpoint
    public var options: ProxyOptions
    /// Further clients are refused with BYE.
    public var maximumConnections: Int
    /// Seconds for one upstream address; ``ProxyCore/ProxyOptions/connectTimeout`` is for all of them.
    public var addressTimeout: Int
    /// Event loops. A connection lives on one of them, both legs.
    public var threads: Int

    public init(
        listeners: [Endpoint],
        upstream: Endpoint,
        options: ProxyOptions = ProxyOptions(),
        maximumConnections: Int = 10_000,
        addressTimeout: Int = 10,
        threads: Int = 1
    ) {
        self.listeners = listeners
        self.upstream = upstream
        self.options = options
        self.maximumConnections = maximumConnections
        self.addressTimeout = addressTimeout
        self.threads = threads
    }
}
