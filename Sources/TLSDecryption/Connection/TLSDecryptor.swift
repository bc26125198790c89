public import Traffic

/// Reads one TLS connection from the octets of both directions: walks through its handshakes, finds its keys, checks and
/// decrypts its records.
///
/// Both directions have to be fed in the order in which their peers saw them: an answer not before its question.
public final class TLSDecryptor {
    let keys: TLSDecryptionKeys
    /// Unowned: who observes owns the decryptor.
    unowned let observer: any TLSObserver
    let client = TLSStream(.client)
    let server = TLSStream(.server)
    var handshake = HandshakeProgress()
    var early = EarlyData()
    private var held = HeldOctets()
    /// Octets that `keys` counts for this connection.
    private var heldCounted = 0
    /// What was told last.
    private var told: TLSHandshakeFacts?
    private var revision: Int
    private var isReplaying = false
    /// Keys that are missing now do not come any more.
    private(set) var isFinished = false

    public init(keys: TLSDecryptionKeys, observer: any TLSObserver) {
        self.keys = keys
        self.observer = observer
        self.revision = keys.keyLog.revision
    }

    deinit {
        self.keys.heldOctets -= self.heldCounted
    }

    /// What is known of the newest handshake.
    public var facts: TLSHandshakeFacts { self.handshake.facts }

    /// Whether octets of this direction are lost to us from here on.
    public func isUnreadable(_ direction: Direction) -> Bool { self[direction].isUnreadable }

    /// Whether records wait for keys.
    public var isWaiting: Bool { self.client.isBlocked || self.server.isBlocked }

    subscript(direction: Direction) -> TLSStream { direction == .client ? self.client : self.server }

    // MARK: - Input

    public func receive(_ octets: RawSpan, from direction: Direction, at time: Timestamp) {
        self.retry(at: time)
        let stream = self[direction]
        guard !stream.isUnreadable else {
            self.observer.undecrypted(octets.byteCount, from: direction, at: time)
            return
        }
        guard !self.mustHold(stream) else {
            self.hold(.octets(octets.withUnsafeBytes { Array($0) }), stream, at: time)
            return
        }
        stream.records.append(octets)
        self.read(stream, at: time)
    }

    /// So many octets of the direction are missing here.
    public func gap(_ octets: UInt64, from direction: Direction, at time: Timestamp) {
        let stream = self[direction]
        guard !stream.isUnreadable else { return }
        if self.mustHold(stream) {
            self.hold(.gap(octets), stream, at: time)
        } else {
            self.lose(octets, stream, at: time)
        }
    }

    /// Looks whether keys have come that records wait for.
    public func retry(at time: Timestamp) {
        let revision = self.keys.keyLog.revision
        guard revision != self.revision else { return }
        self.revision = revision
        guard self.isWaiting else { return }
        for stream in [self.client, self.server] where stream.isBlocked {
            if self.prepare(stream, at: time) { stream.isBlocked = false }
        }
        self.replay()
    }

    /// Nothing more comes, neither octets nor keys.
    public func finish(at time: Timestamp) {
        self.isFinished = true
        self.retry(at: time)
        self.giveUp(nil, at: time)
        for stream in [self.client, self.server] {
            if stream.loss != nil { self.search(stream, isLast: true, at: time) }
            if let loss = stream.loss {
                self.tell(.notResynchronised(octets: loss.octets), stream, at: time)
                stream.loss = nil
            }
            let rest = stream.records.removeAll()
            if rest > 0 { self.observer.undecrypted(rest, from: stream.direction, at: time) }
        }
        self.releaseEarlyContent(isTaken: false)
        self.announce(at: time)
    }

    // MARK: - Records

    /// Reads all whole records that have come.
    func read(_ stream: TLSStream, at time: Timestamp) {
        while !stream.isUnreadable {
            guard !self.mustHold(stream) else {
                let rest = stream.records.octets(0..<stream.records.count)
                _ = stream.records.removeAll()
                if !rest.isEmpty { self.hold(.octets(rest), stream, at: time) }
                return
            }
            if stream.loss != nil {
                self.search(stream, isLast: false, at: time)
                if stream.loss != nil { return }
            }
            switch stream.records.next(isFirst: stream.isFirst) {
            case .needsMore: return
            case .record(let header):
                stream.isFirst = false
                let end = RecordHeader.byteCount + header.length
                stream.records.withBytes { octets in
                    self.record(header, octets.extracting(RecordHeader.byteCount..<end), stream, at: time)
                }
                stream.records.consume(end)
            case .sslv2Hello(let length):
                stream.isFirst = false
                let octets = stream.records.octets(2..<2 + length)
                stream.records.consume(2 + length)
                self.sslv2Hello(octets, stream)
            case .invalid(let header): self.invalid(header, stream, at: time)
            }
        }
        self.drop(stream, at: time)
    }

    /// Nothing of the stream can be read any more.
    private func drop(_ stream: TLSStream, at time: Timestamp) {
        let rest = stream.records.removeAll()
        if rest > 0 { self.observer.undecrypted(rest, from: stream.direction, at: time) }
    }

    private func invalid(_ header: RecordHeader, _ stream: TLSStream, at time: Timestamp) {
        if header.contentType != nil, header.version.code >> 8 == 3, header.length > RecordHeader.longest {
            self.tell(.recordTooLong(length: header.length, limit: RecordHeader.longest), stream, at: time)
        } else {
            self.tell(.notTLS(type: header.type, header.version, length: header.length), stream, at: time)
        }
        guard let protection = stream.protection, protection.isSelfContained else {
            self.abandon(stream, at: time)
            return
        }
        stream.loss = StreamLoss(leastRecords: 0)
    }

    // MARK: - Waiting for keys

    /// A stream whose keys are missing waits; what the other side says meanwhile waits too, so that the order stays.
    func mustHold(_ stream: TLSStream) -> Bool {
        stream.isBlocked || (self.isWaiting && stream.epoch != .cleartext)
    }

    private func hold(_ content: HeldOctets.Content, _ stream: TLSStream, at time: Timestamp) {
        self.held.append(content, stream.direction, time)
        let more = self.held.octets - self.heldCounted
        self.heldCounted += more
        self.keys.heldOctets += more
        if self.keys.heldOctets > self.keys.heldLimit, !self.isReplaying {
            self.giveUp(.tooMuchHeld(limit: self.keys.heldLimit), at: time)
        }
    }

    /// Keys do not come any more, as far as this connection can wait. Without a problem of the waiting itself, what is missing
    /// is told.
    private func giveUp(_ problem: TLSProblem?, at time: Timestamp) {
        for stream in [self.client, self.server] where stream.isBlocked {
            stream.isBlocked = false
            if let problem {
                self.tell(problem, stream, at: time)
                self.abandon(stream, at: time)
            } else {
                _ = self.prepare(stream, at: time)
            }
        }
        self.replay()
    }

    /// Reads what waited, in its order. What still lacks its keys waits again.
    private func replay() {
        guard !self.held.isEmpty, !self.isReplaying else { return }
        self.isReplaying = true
        let entries = self.held.takeAll()
        self.keys.heldOctets -= self.heldCounted
        self.heldCounted = 0
        for entry in entries {
            switch entry.content {
            case .octets(let octets): self.receive(octets.span.bytes, from: entry.direction, at: entry.time)
            case .gap(let octets): self.gap(octets, from: entry.direction, at: entry.time)
            }
        }
        self.isReplaying = false
    }

    // MARK: - Output

    /// Tells a problem of a stream once.
    func tell(_ problem: TLSProblem, _ stream: TLSStream, at time: Timestamp) {
        guard stream.told.insert(problem).inserted else { return }
        self.observer.problem(problem, from: stream.direction, at: time)
    }

    /// Gives a stream up; who calls has told why.
    func abandon(_ stream: TLSStream, at time: Timestamp) {
        guard !stream.isUnreadable else { return }
        stream.isUnreadable = true
        stream.protection = nil
        stream.loss = nil
        self.announce(at: time)
    }

    /// Tells what is known of the handshake, if that is more than was told.
    func announce(at time: Timestamp) {
        guard self.handshake.facts.clientHello != nil || self.handshake.facts.serverHello != nil else { return }
        for stream in [self.client, self.server] {
            self.handshake.facts.isDecrypted[stream.direction] =
                stream.epoch != .cleartext && !stream.isUnreadable && !stream.isBlocked
        }
        guard self.handshake.facts != self.told else { return }
        self.told = self.handshake.facts
        self.observer.handshake(self.handshake.facts, at: time)
    }
}
