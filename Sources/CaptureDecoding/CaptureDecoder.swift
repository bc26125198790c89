public import IMAPSession
public import PacketDecoding
public import Traffic

/// Turns the packets of a capture into sessions: link, IP, TCP, what the connection is, and then the session that the live
/// proxy uses too.
public final class CaptureDecoder {
    private let options: CaptureOptions
    private let observer: (ConnectionID) -> any SessionObserver
    private var dissector = Dissector()
    private var table: FlowTable<FlowReader>?
    private var order: StartOrder
    private var flowCount = 0
    private var sessionCount: UInt64 = 0
    private var time = Timestamp.zero
    public private(set) var totals = CaptureTotals()

    /// - Parameter observer: is told what a session says, as soon as its number is known.
    public init(options: CaptureOptions = CaptureOptions(), observer: @escaping (ConnectionID) -> any SessionObserver) {
        self.options = options
        self.observer = observer
        self.order = StartOrder(options)
        self.table = FlowTable(
            limits: options.flows,
            begin: { [unowned self] key, segment, time in self.begin(key, segment, time) },
            end: { [unowned self] reader, why in self.end(reader, why) }
        )
    }

    // MARK: - Packets

    /// Takes the next packet of the capture.
    public func packet(_ record: PacketRecord, octets: RawSpan) {
        let time = record.time ?? self.time
        self.time = time
        self.totals.packets += 1
        self.totals.octets += UInt64(octets.byteCount)
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
        self.order.countPacket(at: time)
        if self.order.isBlocked { self.startSessions() }
    }

    /// The capture has ended.
    public func finish() {
        self.order.isLast = true
        self.table?.finish()
        self.startSessions()
    }

    // MARK: - Connections

    private func begin(_ key: FlowKey, _ segment: TCPSegment, _ time: Timestamp) -> FlowReader {
        self.flowCount += 1
        self.totals.flows += 1
        let flow = FlowReader(
            key,
            segment,
            order: self.flowCount,
            isExpected: self.options.expects(key),
            at: time,
            self
        )
        self.order.append(flow)
        return flow
    }

    /// A connection that is not a session yet got more octets.
    func flowGrew(_ flow: FlowReader, by count: Int) {
        if case .waiting = flow.stage {
            self.order.waitingOctets += count
            return
        }
        self.decide(flow, isLast: flow.start.octets > self.options.undecidedOctets)
    }

    private func decide(_ flow: FlowReader, isLast: Bool) {
        while true {
            switch flow.verdict(isLast: isLast) {
            case .undecided: return
            case .proxyHeader(let side, let length):
                flow.header = ProxyHeader(flow.start.beginning(side).span.bytes.extracting(0..<length))
                flow.start.dropFirst(length, of: side)
                if flow.start.octets == 0, !isLast { return }
                continue
            case .imap(let client):
                flow.clientSide = client
                flow.stage = .waiting
                self.order.waits(flow, at: self.time)
            case .tls(let client):
                flow.clientSide = flow.clientSide ?? client
                flow.isTLS = true
                guard flow.isExpected else {
                    flow.stage = .tls
                    _ = flow.start.take()
                    break
                }
                flow.stage = .waiting
                self.order.waits(flow, at: self.time)
            case .other:
                flow.stage = .other
                _ = flow.start.take()
            }
            self.startSessions()
            return
        }
    }

    private func end(_ flow: FlowReader, _ why: FlowEnd) {
        if case .undecided = flow.stage { self.decide(flow, isLast: true) }
        flow.end = why
        if case .waiting = flow.stage {
            // Told when its turn comes.
            self.startSessions()
            return
        }
        self.settle(flow)
    }

    /// A connection is over, and what it was is known.
    private func settle(_ flow: FlowReader) {
        guard !flow.isCounted, let why = flow.end else { return }
        flow.isCounted = true
        self.totals.conflicts += flow.conflicts
        switch flow.stage {
        case .session(let feed):
            feed.finish(why, at: flow.lastTime)
            self.totals.missingOctets += flow.gapOctets
            if flow.isTLS { self.countTLS(flow) } else { self.totals.sessionOctets += flow.octets }
        case .tls: self.countTLS(flow)
        case .other where flow.octets > 0:
            let port = flow.key[(flow.clientSide ?? flow.likelyClient).opposite].port
            if self.totals.otherPorts.count < CaptureTotals.mostKinds || self.totals.otherPorts[port] != nil {
                self.totals.otherPorts[port, default: 0] += 1
            }
        case .other, .undecided, .waiting: break
        }
    }

    private func countTLS(_ flow: FlowReader) {
        self.totals.tlsFlows += 1
        self.totals.tlsOctets += flow.octets
    }

    // MARK: - Sessions

    /// Begins the sessions whose turn it is.
    private func startSessions() {
        while let flow = self.order.takeNext() {
            self.sessionCount += 1
            self.totals.sessions += 1
            let feed = self.feed(flow)
            flow.stage = .session(feed)
            for entry in flow.start.take() {
                switch entry.input {
                case .data(let octets): feed.data(octets.span.bytes, flow.direction(of: entry.side), at: entry.time)
                case .gap(let octets): feed.gap(octets, flow.direction(of: entry.side), at: entry.time)
                case .conflict(let offset, let count):
                    feed.conflict(at: offset, count: count, flow.direction(of: entry.side), at: entry.time)
                case .end(let end): feed.ended(end, flow.direction(of: entry.side), at: entry.time)
                }
            }
            if flow.end != nil { self.settle(flow) }
        }
    }

    private func feed(_ flow: FlowReader) -> SessionFeed {
        let client = flow.clientSide ?? flow.likelyClient
        let id = ConnectionID(self.sessionCount)
        let feed = SessionFeed(
            SessionDescription(
                connection: id,
                client: Endpoint(flow.key[client]),
                server: Endpoint(flow.key[client.opposite]),
                clientLeg: flow.isTLS ? "TLS, not decrypted" : "cleartext",
                upstreamLeg: "",
                time: flow.firstTime
            ),
            self.options.session,
            self.observer(id)
        )
        if flow.isTLS {
            feed.beginsTLS()
        } else if !flow.hasBeginning, !flow.beginsWithGreeting {
            feed.beginsMidStream()
        }
        if let header = flow.header { feed.report(.proxyHeader(header), at: flow.firstTime) }
        return feed
    }
}

extension Endpoint {
    init(_ address: SocketAddress) {
        self.init(host: address.address.description, port: address.port)
    }
}
