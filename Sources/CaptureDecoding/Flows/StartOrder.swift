import Traffic

/// Sessions are numbered in the order of their connections' first packets, although what a connection is shows later: one
/// that is known to be IMAP waits until all older ones are known, or until that takes too long.
struct StartOrder {
    private let limits: CaptureOptions
    /// Connections whose turn has not come, oldest first; those that are no IMAP are dropped when they get to the head.
    private var queue: [FlowReader] = []
    private var head = 0
    private var dismissed: Set<Int> = []
    /// Octets that wait in connections known to be IMAP, and since when.
    var waitingOctets = 0
    private var waitingSince: Timestamp?
    private var packets = 0
    private var now = Timestamp.zero
    /// No more packets come.
    var isLast = false

    init(_ limits: CaptureOptions) {
        self.limits = limits
    }

    mutating func append(_ flow: FlowReader) {
        self.queue.append(flow)
    }

    mutating func waits(_ flow: FlowReader, at time: Timestamp) {
        self.waitingOctets += flow.start.octets
        if self.waitingSince == nil {
            self.waitingSince = time
            self.packets = 0
        }
    }

    mutating func dismiss(_ flow: FlowReader) {
        if self.head < self.queue.count, flow.order >= self.queue[self.head].order { self.dismissed.insert(flow.order) }
    }

    mutating func countPacket(at time: Timestamp) {
        self.packets += 1
        self.now = max(self.now, time)
    }

    /// Whether connections wait for longer than they should.
    var isBlocked: Bool {
        guard let since = self.waitingSince else { return false }
        return self.waitingOctets > self.limits.waitingOctets || self.packets > self.limits.waitingPackets
            || self.now.since(since) > self.limits.waitingTime
    }

    /// The next connection that becomes a session now.
    mutating func takeNext() -> FlowReader? {
        var postponed: [FlowReader] = []
        defer {
            if !postponed.isEmpty { self.queue.append(contentsOf: postponed) }
            self.compact()
        }
        while self.head < self.queue.count {
            let flow = self.queue[self.head]
            if self.dismissed.remove(flow.order) != nil {
                self.head += 1
                continue
            }
            switch flow.stage {
            case .waiting:
                self.head += 1
                self.waitingOctets = max(0, self.waitingOctets - flow.start.octets)
                if !self.queue[self.head...].contains(where: { if case .waiting = $0.stage { true } else { false } }) {
                    self.waitingSince = nil
                }
                return flow
            case .session, .tls, .other: self.head += 1
            case .undecided:
                guard self.isBlocked || self.isLast else { return nil }
                // Its number will come later.
                self.head += 1
                postponed.append(flow)
            }
        }
        return nil
    }

    private mutating func compact() {
        guard self.head > 1024, self.head * 2 > self.queue.count else { return }
        self.queue.removeFirst(self.head)
        self.head = 0
    }
}
