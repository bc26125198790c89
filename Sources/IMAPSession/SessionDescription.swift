public import Traffic

/// What is known of a session when it begins.
public struct SessionDescription: Sendable, Hashable {
    public var connection: ConnectionID
    public var client: Endpoint
    public var server: Endpoint
    /// Where the client reached the proxy; nil where there is none: in a capture.
    public var listener: Endpoint?
    /// How each leg is carried: `cleartext`, `TLS`, `STARTTLS`.
    public var clientLeg: String
    /// Empty where there are no two legs: in a capture.
    public var upstreamLeg: String
    public var time: Timestamp

    public init(
        connection: ConnectionID,
        client: Endpoint,
        server: Endpoint,
        listener: Endpoint? = nil,
        clientLeg: String,
        upstreamLeg: String,
        time: Timestamp
    ) {
        self.connection = connection
        self.client = client
        self.server = server
        self.listener = listener
        self.clientLeg = clientLeg
        self.upstreamLeg = upstreamLeg
        self.time = time
    }
}
