import Traffic

/// How much memory fragments may hold.
public struct FragmentLimits: Sendable, Hashable {
    /// Datagrams that wait at once; the oldest goes first.
    public var datagrams: Int
    /// Octets that wait in all of them.
    public var octets: Int
    /// How long a datagram waits for its fragments (RFC 8200 section 4.5: 60 s), in nanoseconds.
    public var lifetime: Int64

    public init(datagrams: Int, octets: Int, lifetime: Int64) {
        self.datagrams = datagrams
        self.octets = octets
        self.lifetime = lifetime
    }

    public static let standard = FragmentLimits(datagrams: 256, octets: 4 << 20, lifetime: 60_000_000_000)
}

/// What the fragments of one datagram have in common.
struct FragmentKey: Sendable, Hashable {
    var source: IPAddress
    var destination: IPAddress
    var identification: UInt32
    var protocolNumber: UInt8
}

/// Datagrams of which some fragments have come.
struct FragmentTable: Sendable {
    /// A datagram that is whole.
    struct Whole: Sendable {
        var key: FragmentKey
        var octets: [UInt8]
    }

    enum Completion: Sendable {
        case datagram(Whole)
        /// Fragments overlap with other octets, or lie behind the last one.
        case contradiction
    }

    private struct Waiting: Sendable {
        var octets: [UInt8] = []
        /// What has come, in order and apart from each other.
        var ranges: [Range<Int>] = []
        /// Where the datagram ends, once the last fragment has come.
        var end: Int?
        var since: Timestamp
        var contradicts = false
    }

    /// Beyond it no datagram can lie (RFC 791 section 3.1).
    private static let maximumDatagram = 65_535

    private let limits: FragmentLimits
    private var waiting: [FragmentKey: Waiting] = [:]
    /// The keys in the order in which their first fragment came.
    private var order: [FragmentKey] = []
    private var octets = 0
    private var last: FragmentKey?

    init(limits: FragmentLimits) {
        self.limits = limits
    }

    mutating func add(_ octets: RawSpan, at offset: Int, isLast: Bool, of key: FragmentKey, time: Timestamp) {
        self.expire(before: time)
        self.last = key
        guard octets.byteCount > 0, offset + octets.byteCount <= Self.maximumDatagram else { return }
        if self.waiting[key] == nil { self.order.append(key) }
        var datagram = self.waiting.removeValue(forKey: key) ?? Waiting(since: time)
        let before = datagram.octets.count
        Self.take(octets, at: offset, isLast: isLast, into: &datagram)
        self.octets += datagram.octets.count - before
        self.waiting[key] = datagram
        while self.order.count > self.limits.datagrams || self.octets > self.limits.octets, self.order.count > 1 {
            self.remove(self.order[0] == key ? self.order[1] : self.order[0])
        }
    }

    /// The datagram of the last fragment, if nothing of it is missing any more.
    mutating func takeComplete() -> Completion? {
        guard let key = self.last, let datagram = self.waiting[key] else { return nil }
        self.last = nil
        if datagram.contradicts {
            self.remove(key)
            return .contradiction
        }
        guard let end = datagram.end, datagram.ranges == [0..<end] else { return nil }
        self.remove(key)
        return .datagram(Whole(key: key, octets: datagram.octets))
    }

    private static func take(_ octets: RawSpan, at offset: Int, isLast: Bool, into datagram: inout Waiting) {
        let range = offset..<(offset + octets.byteCount)
        if isLast {
            if let end = datagram.end, end != range.upperBound { datagram.contradicts = true }
            datagram.end = range.upperBound
        }
        if let end = datagram.end, datagram.octets.count > end || range.upperBound > end { datagram.contradicts = true }
        if datagram.octets.count < range.upperBound {
            datagram.octets.append(
                contentsOf: repeatElement(0, count: range.upperBound - datagram.octets.count)
            )
        }
        // RFC 5722 forbids overlaps in IPv6; in IPv4 a retransmission may repeat the same octets.
        for known in datagram.ranges {
            let overlap = known.clamped(to: range)
            for index in overlap where datagram.octets[index] != octets[index - offset] { datagram.contradicts = true }
        }
        for index in range { datagram.octets[index] = octets[index - offset] }
        datagram.ranges = Self.merged(datagram.ranges, with: range)
    }

    private static func merged(_ ranges: [Range<Int>], with range: Range<Int>) -> [Range<Int>] {
        var result: [Range<Int>] = []
        for next in (ranges + [range]).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = result.last, next.lowerBound <= last.upperBound {
                result[result.count - 1] = last.lowerBound..<max(last.upperBound, next.upperBound)
            } else {
                result.append(next)
            }
        }
        return result
    }

    private mutating func expire(before time: Timestamp) {
        while let oldest = self.order.first, let datagram = self.waiting[oldest],
            time.since(datagram.since) > self.limits.lifetime
        {
            self.remove(oldest)
        }
    }

    private mutating func remove(_ key: FragmentKey) {
        if let datagram = self.waiting.removeValue(forKey: key) { self.octets -= datagram.octets.count }
        if let index = self.order.firstIndex(of: key) { self.order.remove(at: index) }
    }
}
