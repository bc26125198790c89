public import Traffic

/// Totals of a session.
public struct SessionSummary: Sendable, Hashable {
    public var connection: ConnectionID
    public var began: Timestamp
    public var ended: Timestamp
    public var user: String?
    public var state: SessionState
    public var clientOctets: UInt64
    public var serverOctets: UInt64
    public var clientMessages: Int
    public var serverMessages: Int
    public var exchanges: Int
    public var findings: Int
    /// Nil when the session was never compressed.
    public var compression: CompressionTotals?

    public init(
        connection: ConnectionID,
        began: Timestamp,
        ended: Timestamp,
        user: String?,
        state: SessionState,
        clientOctets: UInt64,
        serverOctets: UInt64,
        clientMessages: Int,
        serverMessages: Int,
        exchanges: Int,
        findings: Int,
        compression: CompressionTotals? = nil
    ) {
        self.connection = connection
        self.began = began
        self.ended = ended
        self.user = user
        self.state = state
        self.clientOctets = clientOctets
        self.serverOctets = serverOctets
        self.clientMessages = clientMessages
        self.serverMessages = serverMessages
        self.exchanges = exchanges
        self.findings = findings
        self.compression = compression
    }
}
