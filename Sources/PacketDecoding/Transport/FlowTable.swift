public import Traffic

/// How many connections are followed at once, and for how long.
public struct FlowLimits: Sendable, Hashable {
    /// Connections followed at once; the one that was silent longest goes first.
    public var flows: Int
    /// How long an open connection may be silent, in nanoseconds of the capture's clock.
    public var idleTime: Int64
    /// How long a closed connection is remembered, so that late copies of its segments do not begin another one.
    public var lingerTime: Int64
    /// Octets that all connections together may hold back.
    public var heldOctets: Int
    /// Connections up to which retransmissions are compared.
    public var comparedFlows: Int
    public var reassembly: ReassemblyLimits

    public init(
        flows: Int,
        idleTime: Int64,
        lingerTime: Int64,
        heldOctets: Int,
        comparedFlows: Int,
        reassembly: ReassemblyLimits
    ) {
        self.flows = flows
        self.idleTime = idleTime
        self.lingerTime = lingerTime
        self.heldOctets = heldOctets
        self.comparedFlows = comparedFlows
        self.reassembly = reassembly
    }

    public static let standard = FlowLimits(
        flows: 16_384,
        idleTime: 24 * 3600 * 1_000_000_000,
        lingerTime: 120 * 1_000_000_000,
        heldOctets: 16 << 20,
        comparedFlows: 4096,
        reassembly: .standard
    )
}

/// Why a connection is no longer followed.
public enum FlowEnd: String, Sendable, Hashable {
    case closed
    /// Another connection began between the same two ends.
    case reused = "its ports were used again"
    case idle = "it was silent for too long"
    case crowded = "too many connections were open at once"
    case endOfCapture = "the capture ends"
}

/// One connection and whoever reads it.
public final class Flow<Reader: TCPObserver> {
    public let key: FlowKey
    public internal(set) var connection: TCPConnection
    public var reader: Reader
    var lastTime: Timestamp
    /// Neighbours in the order of last use. The table alone changes them, and its dictionary keeps every flow of the list
    /// alive; strong references would free a long list by recursion.
    unowned(unsafe) var newer: Flow?
    unowned(unsafe) var older: Flow?
    var isClosed = false

    init(key: FlowKey, connection: consuming TCPConnection, reader: Reader, time: Timestamp) {
        self.key = key
        self.connection = connection
        self.reader = reader
        self.lastTime = time
    }
}

/// All connections of a capture that are being followed.
public struct FlowTable<Reader: TCPObserver> {
    public let limits: FlowLimits
    private var flows: [FlowKey: Flow<Reader>] = [:]
    /// The flow that was silent longest, and the one that spoke last.
    private unowned(unsafe) var oldest: Flow<Reader>?
    private unowned(unsafe) var newest: Flow<Reader>?
    private var heldOctets = 0
    private let begin: (FlowKey, TCPSegment, Timestamp) -> Reader
    private let end: (inout Reader, FlowEnd) -> Void

    /// - Parameters:
    ///   - begin: makes the reader of a new connection.
    ///   - end: tells a reader that its connection is over, after everything that was held has been handed on. Called once.
    public init(
        limits: FlowLimits = .standard,
        begin: @escaping (FlowKey, TCPSegment, Timestamp) -> Reader,
        end: @escaping (inout Reader, FlowEnd) -> Void
    ) {
        self.limits = limits
        self.begin = begin
        self.end = end
    }

    /// Connections followed now, closed ones that linger included.
    public var count: Int { self.flows.count }

    /// Takes a segment; returns its flow.
    @discardableResult
    public mutating func receive(_ segment: TCPSegment, payload: RawSpan, at time: Timestamp) -> Flow<Reader> {
        let key = FlowKey(segment)
        let side = key.side(of: segment)
        let flow = self.flow(key, segment, side, time)
        flow.lastTime = max(flow.lastTime, time)
        let held = flow.connection.heldOctets
        flow.connection.receive(segment, payload: payload, from: side, at: time, &flow.reader)
        self.heldOctets += flow.connection.heldOctets - held
        if self.heldOctets > self.limits.heldOctets { self.relieve() }
        if !flow.isClosed, flow.connection.isClosed { self.close(flow, .closed) }
        self.expire(before: flow.lastTime)
        return flow
    }

    /// The capture has ended: ends every connection, the one that was silent longest first.
    public mutating func finish() {
        while let flow = self.oldest { self.remove(flow, .endOfCapture) }
    }

    private mutating func flow(
        _ key: FlowKey,
        _ segment: TCPSegment,
        _ side: TCPSide,
        _ time: Timestamp
    ) -> Flow<Reader> {
        let mayBegin = segment.flags.contains(.syn)
        if let newest = self.newest, newest.key == key, !(mayBegin && newest.connection.isReuse(segment, from: side)) {
            return newest
        }
        if let known = self.flows[key] {
            if !(mayBegin && known.connection.isReuse(segment, from: side)) {
                self.touch(known)
                return known
            }
            self.remove(known, .reused)
        }
        if self.flows.count >= self.limits.flows, let oldest = self.oldest { self.remove(oldest, .crowded) }
        var connection = TCPConnection(limits: self.limits.reassembly)
        connection.keepsHistory = self.flows.count < self.limits.comparedFlows
        let flow = Flow(key: key, connection: connection, reader: self.begin(key, segment, time), time: time)
        self.flows[key] = flow
        self.append(flow)
        return flow
    }

    // MARK: - Forgetting

    private mutating func expire(before time: Timestamp) {
        while let flow = self.oldest {
            let silent = time.since(flow.lastTime)
            guard silent > (flow.isClosed ? self.limits.lingerTime : self.limits.idleTime) else { return }
            self.remove(flow, flow.isClosed ? .closed : .idle)
        }
    }

    /// Lets the connections that hold most hand on what they have, until a quarter of the limit is free: looking at all of them
    /// then happens once for thousands of segments, not for each.
    private mutating func relieve() {
        var holders: [(octets: Int, flow: Flow<Reader>)] = []
        var next = self.oldest
        while let flow = next {
            let octets = flow.connection.heldOctets
            if octets > 0 { holders.append((octets, flow)) }
            next = flow.newer
        }
        // Of equal ones the one that was silent longer: the order must not change from run to run.
        let order = holders.indices.sorted {
            holders[$0].octets != holders[$1].octets ? holders[$0].octets > holders[$1].octets : $0 < $1
        }
        for index in order where self.heldOctets > self.limits.heldOctets / 4 * 3 {
            let flow = holders[index].flow
            flow.connection.release(&flow.reader)
            self.heldOctets += flow.connection.heldOctets - holders[index].octets
        }
    }

    private mutating func close(_ flow: Flow<Reader>, _ why: FlowEnd) {
        guard !flow.isClosed else { return }
        flow.isClosed = true
        let held = flow.connection.heldOctets
        flow.connection.finish(&flow.reader)
        self.heldOctets += flow.connection.heldOctets - held
        self.end(&flow.reader, why)
    }

    private mutating func remove(_ flow: Flow<Reader>, _ why: FlowEnd) {
        self.close(flow, why)
        self.unlink(flow)
        self.flows[flow.key] = nil
    }

    // MARK: - The order of last use

    private mutating func touch(_ flow: Flow<Reader>) {
        guard self.newest !== flow else { return }
        self.unlink(flow)
        self.append(flow)
    }

    private mutating func append(_ flow: Flow<Reader>) {
        flow.older = self.newest
        flow.newer = nil
        if let newest = self.newest { newest.newer = flow } else { self.oldest = flow }
        self.newest = flow
    }

    private mutating func unlink(_ flow: Flow<Reader>) {
        let older = flow.older
        let newer = flow.newer
        if let newer { newer.older = older } else { self.newest = older }
        if let older { older.newer = newer } else { self.oldest = newer }
        flow.newer = nil
        flow.older = nil
    }
}
