import PacketDecoding
import Traffic

/// What a connection said before anybody knew what it is.
struct FlowStart {
    enum Input {
        case data([UInt8])
        case gap(UInt64)
        case conflict(offset: UInt64, count: Int)
        case end(TCPEnd)
    }

    struct Entry {
        var input: Input
        var side: TCPSide
        var time: Timestamp
        /// The number of the packet in the capture; 0 for what is no data.
        var packet = 0
    }

    private(set) var entries: [Entry] = []
    /// The first octets of each side, gaps left out, as far as they help to tell.
    private(set) var first: [UInt8] = []
    private(set) var second: [UInt8] = []
    private(set) var octets = 0
    /// Which sides began with octets that are missing.
    private(set) var lacksBeginning: Set<TCPSide> = []

    func content(_ side: TCPSide) -> StreamContent {
        let octets = side == .first ? self.first : self.second
        return StreamContent(octets.span.bytes)
    }

    func beginning(_ side: TCPSide) -> [UInt8] { side == .first ? self.first : self.second }

    mutating func append(_ octets: RawSpan, _ side: TCPSide, _ time: Timestamp, packet: Int) {
        let copy = octets.withUnsafeBytes { Array($0) }
        let kept = side == .first ? self.first.count : self.second.count
        let more = copy.prefix(max(0, StreamContent.limit - kept))
        if side == .first { self.first += more } else { self.second += more }
        self.octets += copy.count
        self.entries.append(Entry(input: .data(copy), side: side, time: time, packet: packet))
    }

    mutating func append(gap: UInt64, _ side: TCPSide, _ time: Timestamp) {
        if self.beginning(side).isEmpty { self.lacksBeginning.insert(side) }
        self.entries.append(Entry(input: .gap(gap), side: side, time: time))
    }

    mutating func append(conflict offset: UInt64, _ count: Int, _ side: TCPSide, _ time: Timestamp) {
        self.entries.append(Entry(input: .conflict(offset: offset, count: count), side: side, time: time))
    }

    mutating func append(end: TCPEnd, _ side: TCPSide, _ time: Timestamp) {
        self.entries.append(Entry(input: .end(end), side: side, time: time))
    }

    /// Takes a PROXY protocol header off the beginning of a side.
    mutating func dropFirst(_ count: Int, of side: TCPSide) {
        var left = count
        for index in self.entries.indices where self.entries[index].side == side && left > 0 {
            guard case .data(let octets) = self.entries[index].input else { continue }
            let taken = min(left, octets.count)
            self.entries[index].input = .data(Array(octets.dropFirst(taken)))
            left -= taken
        }
        self.octets -= count - left
        let rest = self.entries.filter { $0.side == side }
            .flatMap { entry in if case .data(let octets) = entry.input { octets } else { [UInt8]() } }
            .prefix(StreamContent.limit)
        if side == .first { self.first = Array(rest) } else { self.second = Array(rest) }
    }

    /// Hands out and forgets everything.
    mutating func take() -> [Entry] {
        defer { self = FlowStart() }
        return self.entries
    }
}
