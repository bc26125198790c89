public import PacketDecoding
import Traffic

/// The first half of decoding: takes packets apart and puts the streams of all connections together. It knows nothing of
/// what they say.
public final class StreamAssembler {
    private let forward: (inout StreamBatch) -> Void
    // What is accessed with every packet is not checked for overlapping accesses: a packet is taken before the next one comes,
    // and nobody who is called meanwhile comes back.
    @exclusivity(unchecked) private var dissector = Dissector()
    @exclusivity(unchecked) private var table: FlowTable<StreamRecorder>?
    private let recorder: BatchRecorder
    @exclusivity(unchecked) private var time = Timestamp.zero
    @exclusivity(unchecked) public private(set) var totals = PacketTotals()

    /// - Parameter forward: is given a batch whenever there is enough for one. It leaves an empty one.
    public init(limits: FlowLimits = .standard, forward: @escaping (inout StreamBatch) -> Void) {
        self.forward = forward
        let recorder = BatchRecorder(forward)
        self.recorder = recorder
        self.table = FlowTable(
            limits: limits,
            begin: { key, segment, time in StreamRecorder(key, segment, recorder, at: time) },
            end: { stream, why in stream.over(why) }
        )
    }

    /// Takes the next packet of the capture.
    public func packet(_ record: PacketRecord, octets: RawSpan) {
        let time = record.time ?? self.time
        self.time = time
        self.totals.packets += 1
        self.totals.octets += UInt64(octets.byteCount)
        self.recorder.batch.packets += 1
        self.recorder.batch.time = time
        let found = self.dissector.dissect(
            octets,
            as: record.link,
            originalLength: record.originalLength,
            at: time
        )
        switch found {
        case .tcp(let segment):
            self.table?.receive(segment, payload: octets.extracting(segment.payload), at: time)
        case .reassembledTCP(let segment):
            self.totals.fragments += 1
            let datagram = self.dissector.datagram
            self.table?.receive(segment, payload: datagram.span.bytes.extracting(segment.payload), at: time)
        case .fragment: self.totals.fragments += 1
        case .other(let kind): self.totals.count(kind)
        case .malformed(let layer, let reason): self.totals.malformed["\(layer): \(reason.rawValue)", default: 0] += 1
        }
        if self.recorder.batch.isFull { self.flush() }
    }

    /// Takes keys that the capture brings, which are those of connections behind them and perhaps before.
    public func secrets(_ octets: RawSpan) {
        self.recorder.batch.append(secrets: Secret(octets.withUnsafeBytes { Array($0) }), self.time)
    }

    /// Hands on what there is, because nothing more may come for a while.
    public func flush() {
        self.totals.flows = self.recorder.flows
        self.forward(&self.recorder.batch)
    }

    /// The capture has ended.
    public func finish() {
        self.table?.finish()
        self.flush()
    }
}

/// Where the streams of all connections come together.
private final class BatchRecorder {
    @exclusivity(unchecked) var batch = StreamBatch()
    var flows = 0
    /// Slots that are free again.
    private var free: [Int] = []
    private var slots = 0
    private let forward: (inout StreamBatch) -> Void

    init(_ forward: @escaping (inout StreamBatch) -> Void) {
        self.forward = forward
    }

    func takeSlot() -> Int {
        self.flows += 1
        if let slot = self.free.popLast() { return slot }
        self.slots += 1
        return self.slots - 1
    }

    func giveBack(_ slot: Int) {
        self.free.append(slot)
    }

    /// One packet may set megabytes free that waited for it.
    func forwardIfFull() {
        if self.batch.isFull { self.forward(&self.batch) }
    }
}

/// One connection's way into the batch.
private struct StreamRecorder: TCPObserver {
    private let slot: Int
    private let recorder: BatchRecorder
    private var lastTime: Timestamp

    init(_ key: FlowKey, _ segment: TCPSegment, _ recorder: BatchRecorder, at time: Timestamp) {
        self.slot = recorder.takeSlot()
        self.recorder = recorder
        self.lastTime = time
        let side = key.side(of: segment)
        let client = segment.flags.contains(.syn) ? (segment.flags.contains(.ack) ? side.opposite : side) : nil
        recorder.batch.append(FlowOpening(key: key, client: client), self.slot, time)
    }

    mutating func data(_ octets: RawSpan, from side: TCPSide, at time: Timestamp) {
        self.lastTime = max(self.lastTime, time)
        self.recorder.batch.append(octets, side, self.slot, time)
        self.recorder.forwardIfFull()
    }

    mutating func gap(_ octets: UInt64, from side: TCPSide, at time: Timestamp) {
        self.recorder.batch.append(.gap(octets), side, self.slot, time)
    }

    mutating func conflict(at offset: UInt64, count: Int, from side: TCPSide, at time: Timestamp) {
        self.recorder.batch.append(.conflict(offset: offset, count: count), side, self.slot, time)
    }

    mutating func ended(_ end: TCPEnd, from side: TCPSide, at time: Timestamp) {
        self.recorder.batch.append(.ended(end), side, self.slot, time)
    }

    mutating func over(_ why: FlowEnd) {
        self.recorder.batch.append(.over(why), .first, self.slot, self.lastTime)
        self.recorder.giveBack(self.slot)
        self.recorder.forwardIfFull()
    }
}
