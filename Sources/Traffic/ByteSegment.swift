/// Octets of one direction of one connection, with the time at which they were seen.
public struct ByteSegment: Sendable {
    public var connection: ConnectionID
    public var direction: Direction
    public var time: Timestamp
    public var bytes: [UInt8]

    public init(connection: ConnectionID, direction: Direction, time: Timestamp, bytes: [UInt8]) {
        self.connection = connection
        self.direction = direction
        self.time = time
        self.bytes = bytes
    }
}
