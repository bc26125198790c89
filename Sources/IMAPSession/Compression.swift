import Deflate
public import Traffic

/// Octets of a stream under COMPRESS, before and after.
public struct CompressionTotals: Sendable, Hashable {
    public struct Stream: Sendable, Hashable {
        /// As they came from the peer.
        public var compressed: UInt64 = 0
        public var inflated: UInt64 = 0

        public init(compressed: UInt64 = 0, inflated: UInt64 = 0) {
            self.compressed = compressed
            self.inflated = inflated
        }

        /// How many octets each compressed one stood for; nil when there was none.
        public var ratio: Double? {
            self.compressed == 0 ? nil : Double(self.inflated) / Double(self.compressed)
        }
    }

    public var client: Stream
    public var server: Stream

    public init(client: Stream = Stream(), server: Stream = Stream()) {
        self.client = client
        self.server = server
    }

    public subscript(direction: Direction) -> Stream {
        get { direction == .client ? self.client : self.server }
        set { if direction == .client { self.client = newValue } else { self.server = newValue } }
    }
}

/// DEFLATE in both directions, from the tagged OK to COMPRESS on (RFC 4978 section 3).
final class Compression {
    /// One direction that the session inflates itself.
    final class Stream {
        var inflater: Inflater
        /// The flush behind the last message is the end (RFC 8437 section 4.1).
        var ends = false
        /// That flush is behind: what follows is not compressed.
        var isOver = false

        init(_ limits: InflateLimits) throws(InflateError) { self.inflater = try Inflater(limits: limits) }
    }

    /// Nil when whoever hands the octets in has inflated them.
    let client: Stream?
    let server: Stream?

    /// - Parameter isInflatedHere: whether the session gets the compressed octets.
    init(isInflatedHere: Bool, _ limits: InflateLimits) throws(InflateError) {
        self.client = isInflatedHere ? try Stream(limits) : nil
        self.server = isInflatedHere ? try Stream(limits) : nil
    }

    var isInflatedHere: Bool { self.client != nil }

    /// Whether neither direction is compressed any more.
    var isOver: Bool { self.client?.isOver == true && self.server?.isOver == true }

    subscript(direction: Direction) -> Stream? { direction == .client ? self.client : self.server }
}
