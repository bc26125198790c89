public import IMAPSession
import PacketDecoding
public import Traffic

/// The second half of decoding: tells what each connection is, numbers those that are IMAP, and reads them with the session
/// that the live proxy uses too.
public final class SessionReader {
    private let options: CaptureOptions
    private let observer: (ConnectionID) -> any SessionObserver
    /// The connections that are followed, by slot.
    private var flows: [FlowReader?] = []
    private var order: StartOrder
    private var sessionCount: UInt64 = 0
    private let keys: CaptureKeys
    public private(set) var totals = StreamTotals()

    /// - Parameter observer: is told what a session says, as soon as its number is known.
    public init(options: CaptureOptions = CaptureOptions(), observer: @escaping (ConnectionID) -> any SessionObserver) {
        self.options = options
        self.observer = observer
        self.order = StartOrder(options)
        self.keys = options.makeKeys()
    }

    /// Reads what the packets of a batch carried.
    public func read(_ batch: StreamBatch) {
        self.keys.update()
        let octets = batch.octets.span.bytes
        var position = 0
        var (opening, secrets) = (0, 0)
        for entry in batch.entries {
            self.tick(entry.packet, entry.time)
            switch entry.kind {
            case .begin:
                self.begin(batch.openings[opening], entry)
                opening += 1
            case .data(let count):
                let end = position + count
                self.data(octets.extracting(position..<end), entry)
                position = end
            case .gap(let count): self.flows[entry.slot]?.gap(count, from: entry.side, at: entry.time)
            case .conflict(let offset, let count):
                self.flows[entry.slot]?.conflict(at: offset, count: count, from: entry.side, at: entry.time)
            case .ended(let end): self.flows[entry.slot]?.ended(end, from: entry.side, at: entry.time)
            case .over(let why): self.over(why, entry)
            case .secrets:
                self.keys.add(batch.secrets[secrets])
                secrets += 1
            }
        }
        self.tick(batch.packets, batch.time)
    }

    /// The capture has ended.
    public func finish() {
        self.order.isLast = true
        self.startSessions()
    }

    private func tick(_ packet: Int, _ time: Timestamp) {
        self.order.advance(to: packet, at: time)
        if self.order.isBlocked { self.startSessions() }
    }

    // MARK: - Connections

    private func begin(_ opening: FlowOpening, _ entry: StreamBatch.Entry) {
        let flow = FlowReader(opening, isExpected: self.options.expects(opening.key), at: entry.time)
        while self.flows.count <= entry.slot { self.flows.append(nil) }
        self.flows[entry.slot] = flow
        self.order.append(flow)
    }

    private func data(_ octets: RawSpan, _ entry: StreamBatch.Entry) {
        guard let flow = self.flows[entry.slot] else { return }
        flow.data(octets, from: entry.side, at: entry.time, packet: entry.packet)
        switch flow.stage {
        case .undecided: self.decide(flow, isLast: flow.start.octets > self.options.undecidedOctets, at: entry.time)
        case .probing(let probe):
            self.judge(flow, probe, isLast: flow.start.octets > self.options.undecidedOctets, at: entry.time)
        case .waiting: self.order.waitingOctets += octets.byteCount
        case .session, .tls, .other: break
        }
    }

    private func over(_ why: FlowEnd, _ entry: StreamBatch.Entry) {
        guard let flow = self.flows[entry.slot] else { return }
        self.flows[entry.slot] = nil
        if case .undecided = flow.stage { self.decide(flow, isLast: true, at: entry.time) }
        if case .probing(let probe) = flow.stage { self.judge(flow, probe, isLast: true, at: entry.time) }
        flow.end = why
        if case .waiting = flow.stage {
            // Told when its turn comes.
            self.startSessions()
            return
        }
        self.settle(flow)
    }

    private func decide(_ flow: FlowReader, isLast: Bool, at time: Timestamp) {
        while true {
            switch flow.verdict(isLast: isLast) {
            case .undecided: return
            case .proxyHeader(let side, let length):
                flow.header = ProxyHeader(flow.start.beginning(side).span.bytes.extracting(0..<length))
                flow.dropFirst(length, of: side)
                if flow.start.octets == 0, !isLast { return }
                continue
            case .imap(let client):
                flow.clientSide = client
                flow.stage = .waiting
                self.order.waits(flow, at: time)
            case .tls(let client):
                flow.clientSide = flow.clientSide ?? client
                flow.isTLS = true
                guard flow.isExpected else {
                    if self.keys.areExpected {
                        let probe = TLSProbe(self.keys.decryption)
                        flow.look(with: probe)
                        self.judge(flow, probe, isLast: isLast, at: time)
                        return
                    }
                    flow.settle(as: .tls)
                    break
                }
                flow.stage = .waiting
                self.order.waits(flow, at: time)
            case .other:
                flow.settle(as: .other)
            }
            self.startSessions()
            return
        }
    }

    /// Whether what is under TLS on any port is IMAP.
    private func judge(_ flow: FlowReader, _ probe: TLSProbe, isLast: Bool, at time: Timestamp) {
        switch probe.verdict {
        case .undecided:
            guard isLast else { return }
            flow.settle(as: .tls)
        case .other: flow.settle(as: .tls)
        case .imap:
            flow.stage = .waiting
            self.order.waits(flow, at: time)
        }
        self.startSessions()
    }

    /// A connection is over, and what it was is known.
    private func settle(_ flow: FlowReader) {
        guard !flow.isCounted, let why = flow.end else { return }
        flow.isCounted = true
        if case .session(let feed) = flow.stage { feed.finish(why, at: flow.lastTime) }
        self.totals.count(flow)
    }

    // MARK: - Sessions

    /// Begins the sessions whose turn it is.
    private func startSessions() {
        while let flow = self.order.takeNext() {
            self.sessionCount += 1
            self.totals.sessions += 1
            let id = ConnectionID(self.sessionCount)
            flow.begin(SessionFeed(flow, id, self.options.session, self.keys, self.observer(id)))
            if flow.end != nil { self.settle(flow) }
        }
    }
}
