/// Which peer sent the octets.
public enum Direction: UInt8, Sendable, Hashable, CaseIterable {
    /// From the mail client to the server.
    case client
    /// From the server to the mail client.
    case server

    /// The other direction.
    public var opposite: Direction {
        switch self {
        case .client: .server
        case .server: .client
        }
    }

    /// The word used in JSON and in messages to people.
    public var name: String {
        switch self {
        case .client: "client"
        case .server: "server"
        }
    }
}
