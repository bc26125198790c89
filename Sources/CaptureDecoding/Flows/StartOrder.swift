import Traffic

/// Sessions are numbered in the order of their connections' first packets, although what a connection is shows later: one
/// that is known to be IMAP waits until all older ones are known, or until that takes too long.
struct StartOrder {
    private let limits: CaptureOptions
    /// Connections whose turn has not come, oldest first; those that are no IMAP are dropped when they get to the head.
    private var queue: [FlowReader] = []
    private var head = 0
    /// Length at which those are looked for that will never be a session.
    private var sweepAt = 1024
    /// Octets that wait in connections known to be IMAP, and since when.
    var waitingOctets = 0
    private var waitingSince: Timestamp?
    private var waiting = 0
    /// Packets of the capture until now, and until the one that made a connection wait.
    private var packets = 0
    private var waitingSincePacket = 0
    private var now = Timestamp.zero
    /// No more packets come.
    var isLast = false

    init(_ limits: CaptureOptions) {
        self.limits = limits
    }

    mutating func append(_ flow: FlowReader) {
        self.queue.append(flow)
        if self.queue.count >= self.sweepAt { self.sweep() }
    }

    /// Forgets connections that have turned out to be something else: behind one that stays silent they would gather for the
    /// whole capture.
    private mutating func sweep() {
        self.queue = self.queue[self.head...].filter { flow in
            switch flow.stage {
            case .undecided, .waiting, .probing: true
            case .session, .tls, .other: false
            }
        }
        self.head = 0
        self.sweepAt = max(1024, self.queue.count * 2)
    }

    mutating func waits(_ flow: FlowReader, at time: Timestamp) {
        self.waitingOctets += flow.start.octets
        self.waiting += 1
        if self.waitingSince == nil {
            self.waitingSince = time
            self.waitingSincePacket = self.packets
        }
    }

    mutating func advance(to packet: Int, at time: Timestamp) {
        self.packets = packet
        self.now = max(self.now, time)
    }

    /// Whether connections wait for longer than they should.
    var isBlocked: Bool {
        guard let since = self.waitingSince else { return false }
        return self.waitingOctets > self.limits.waitingOctets
            || self.packets - self.waitingSincePacket > self.limits.waitingPackets
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
            switch flow.stage {
            case .waiting:
                self.head += 1
                self.waitingOctets = max(0, self.waitingOctets - flow.start.octets)
                self.waiting -= 1
                if self.waiting == 0 { self.waitingSince = nil }
                return flow
            case .session, .tls, .other: self.head += 1
            case .undecided, .probing:
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
