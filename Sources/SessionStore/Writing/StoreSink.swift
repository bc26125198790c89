import Dispatch
import IMAPProtocol
public import IMAPSession
public import IMAPWire
public import Masking
public import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// `--write`: records sessions in a store.
///
/// Sessions of several threads may speak to it at once. What they say is committed by another thread, at the latest
/// ``pace`` after it was said; when that cannot keep up, whoever speaks waits.
public final class StoreSink: SessionSink, @unchecked Sendable {
    /// A process that is killed loses no more than was said since.
    static let pace = DispatchTimeInterval.milliseconds(500)
    /// Octets of literals from which on they stand apart, each content once.
    static let apart = 512

    private let writer: StoreWriter
    private let literalPrefix: Int
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let timer: any DispatchSourceTimer
    /// All below is touched only while the lock is held.
    private var batch = StoreBatch()
    private var nextSeq: Int64
    /// What is added to the numbers of this run's sessions.
    private let base: Int64
    private var pieces: [LiteralKey: [UInt8]] = [:]
    /// Exchanges of which nothing was said yet but that they begin.
    private var begun: [Int64: [Exchange]] = [:]
    private var hasEnded = false

    /// - Parameters:
    ///   - literalPrefix: how many octets of a literal the texts hold.
    ///   - failed: told once, from another thread, when nothing more can be recorded.
    /// - Throws: when the file is none of ours, or cannot be made.
    public init(
        path: String,
        holdsSecrets: Bool,
        literalPrefix: Int = WireLimits.standard.literalPrefix,
        limits: StoreLimits = StoreLimits(),
        failed: @escaping @Sendable (StoreError) -> Void
    ) throws(StoreError) {
        self.writer = try StoreWriter(path: path, holdsSecrets: holdsSecrets, limits: limits, failed: failed)
        self.literalPrefix = literalPrefix
        self.nextSeq = self.writer.lastSeq + 1
        self.base = self.writer.lastSession
        self.lock = .allocate(capacity: 1)
        pthread_mutex_init(self.lock, nil)
        self.timer = DispatchSource.makeTimerSource(queue: .global(qos: .utility))
        self.timer.schedule(deadline: .now() + Self.pace, repeating: Self.pace)
        self.timer.setEventHandler { [weak self] in self?.handOver() }
        self.timer.activate()
    }

    deinit {
        self.timer.cancel()
        pthread_mutex_destroy(self.lock)
        self.lock.deallocate()
    }

    public var wantsLiterals: Bool { true }

    public func demand(for message: Message, session: ConnectionID) -> TextDemand {
        self.writer.hasFailed ? .none : .text
    }

    public func message(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
        self.locked { self.append(message, text, self.number(session), isAnnouncement: false) }
    }

    public func announced(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
        self.locked { self.append(message, text, self.number(session), isAnnouncement: true) }
    }

    public func literal(_ piece: LiteralPiece, octets: RawSpan, session: ConnectionID) {
        self.locked { self.append(piece, octets, self.number(session)) }
    }

    public func event(_ event: SessionEvent, session: ConnectionID) {
        self.locked {
            let number = self.number(session)
            if case .exchangeBegan(let exchange) = event {
                self.begun[number, default: []].append(exchange)
                return
            }
            self.tellBegun(number)
            let start = self.batch.records.octets.count
            self.batch.records.write(event)
            let count = self.batch.records.octets.count - start
            self.batch.append(number, .event(EventRow(seq: self.takeSeq(), kind: event.kindName, record: count)))
            self.derive(event, number, nil)
        }
    }

    /// Writes all that was said. Nothing more may come.
    public func end() {
        self.timer.cancel()
        self.locked {
            self.hasEnded = true
            for session in self.begun.keys.sorted() { self.tellBegun(session) }
            self.writer.take(self.batch)
            self.batch = StoreBatch()
        }
        self.writer.finish()
    }

    /// Whether nothing can be recorded any more.
    public var hasFailed: Bool { self.writer.hasFailed }

    private func handOver() {
        self.locked {
            guard !self.batch.isEmpty, !self.hasEnded else { return }
            self.writer.take(self.batch)
            self.batch = StoreBatch()
        }
    }

    private func locked(_ body: () -> Void) {
        pthread_mutex_lock(self.lock)
        defer { pthread_mutex_unlock(self.lock) }
        guard !self.writer.hasFailed else {
            if !self.batch.isEmpty { self.batch = StoreBatch() }
            return
        }
        body()
        if self.batch.isFull {
            self.writer.take(self.batch)
            self.batch = StoreBatch()
        }
    }

    private func number(_ session: ConnectionID) -> Int64 { self.base + Int64(session.number) }

    private func takeSeq() -> Int64 {
        defer { self.nextSeq += 1 }
        return self.nextSeq
    }

    /// An exchange begins right before the message that begins it and is stored with it; one that does not has a row of
    /// its own.
    private func tellBegun(_ session: Int64) {
        for exchange in self.begun.removeValue(forKey: session) ?? [] {
            let event = SessionEvent.exchangeBegan(exchange)
            let start = self.batch.records.octets.count
            self.batch.records.write(event)
            let count = self.batch.records.octets.count - start
            self.batch.append(session, .event(EventRow(seq: self.takeSeq(), kind: event.kindName, record: count)))
        }
    }

    // MARK: - Messages

    private func append(_ message: MaskedMessage, _ text: RawSpan, _ session: Int64, isAnnouncement: Bool) {
        let value = message.message
        let textStart = self.batch.texts.count
        let literals = isAnnouncement ? [] : self.writeText(value, text, session)
        if isAnnouncement { text.withUnsafeBytes { self.batch.texts.append(contentsOf: $0) } }
        let textCount = self.batch.texts.count - textStart
        let recordStart = self.batch.records.octets.count
        self.batch.records.write(text.byteCount)
        // Few exchanges are open at a time, and most messages begin none.
        let begun = self.begun.isEmpty ? [] : self.begun.removeValue(forKey: session) ?? []
        self.batch.records.write(begun) { $0.write($1) }
        self.batch.records.write(value, masked: message.masked)
        let recordCount = self.batch.records.octets.count - recordStart
        let isRunnable =
            value.isPlain && value.kind == .untagged && begun.isEmpty && literals.isEmpty && !isAnnouncement
            && message.masked.isEmpty
            && value.response != nil
        if isRunnable, let run = self.batch.openRun, self.batch.entries[run].session == session,
            case .message(var row) = self.batch.entries[run].item, row.response == value.response?.rawValue,
            row.exchange == value.exchange, row.direction == value.direction, row.count < 1000
        {
            row.count += 1
            row.length += value.length
            row.text += textCount
            row.record += recordCount
            _ = self.takeSeq()
            self.batch.entries[run].item = .message(row)
            return
        }
        let row = MessageRow(
            seq: self.takeSeq(),
            time: value.time,
            direction: value.direction,
            kind: isAnnouncement ? "announced" : value.kind.rawValue,
            tag: value.completes?.hidesTag == true ? nil : text.string(value.tag),
            name: text.string(value.name),
            response: value.response?.rawValue,
            exchange: value.exchange,
            offset: value.offset,
            length: value.length,
            text: textCount,
            record: recordCount,
            literals: literals
        )
        let seq = row.seq
        self.batch.append(session, .message(row))
        if isRunnable { self.batch.openRun = self.batch.entries.count - 1 }
        guard !isAnnouncement, !value.isPlain else { return }
        for finding in value.findings {
            self.batch.append(session, .finding(finding, message: seq, time: value.time))
        }
        if let exchange = value.completes { self.batch.append(session, .exchange(exchange)) }
        for event in value.consequences { self.derive(event, session, seq) }
    }

    /// Writes the text of a message without the literals that stand apart.
    private func writeText(_ message: Message, _ text: RawSpan, _ session: Int64) -> [(place: Int, key: LiteralKey)] {
        var apart: [(place: Int, key: LiteralKey)] = []
        var position = 0
        for (place, literal) in message.literals.enumerated() where literal.received >= UInt64(Self.apart) {
            let start = min(literal.textOffset, text.byteCount)
            let end = min(start + Int(min(literal.received, UInt64(self.literalPrefix))), text.byteCount)
            guard start >= position, end > start else { continue }
            let key = LiteralKey(session: session, direction: message.direction, offset: literal.offset)
            if literal.size <= UInt64(self.literalPrefix) {
                let octets = text.extracting(start..<end)
                self.appendPiece(octets.withUnsafeBytes { Array($0) }, key)
            } else if let rest = self.pieces.removeValue(forKey: key) {
                if !rest.isEmpty { self.appendPiece(rest, key) }
            } else {
                // A rule hides what long literals say: all there is of it stands in the text.
                continue
            }
            text.extracting(position..<start).withUnsafeBytes { self.batch.texts.append(contentsOf: $0) }
            position = end
            apart.append((place, key))
        }
        text.extracting(position..<text.byteCount).withUnsafeBytes { self.batch.texts.append(contentsOf: $0) }
        return apart
    }

    /// The same cuts wherever a literal came in how many pieces, so that the same content has the same pieces.
    static let pieceSize = 1 << 18

    private func append(_ piece: LiteralPiece, _ octets: RawSpan, _ session: Int64) {
        let key = LiteralKey(session: session, direction: piece.direction, offset: piece.literal.offset)
        var kept = self.pieces.removeValue(forKey: key) ?? []
        var rest = octets
        while rest.byteCount > 0 {
            if kept.capacity < Self.pieceSize {
                kept.reserveCapacity(Int(min(UInt64(Self.pieceSize), max(piece.literal.size, UInt64(kept.count)))))
            }
            let count = min(rest.byteCount, Self.pieceSize - kept.count)
            rest.extracting(0..<count).withUnsafeBytes { kept.append(contentsOf: $0) }
            rest = rest.extracting(count..<rest.byteCount)
            guard kept.count == Self.pieceSize else { break }
            self.appendPiece(kept, key)
            kept = []
        }
        self.pieces[key] = kept
    }

    private func appendPiece(_ octets: [UInt8], _ key: LiteralKey) {
        self.batch.literalOctets += octets.count
        self.batch.append(key.session, .piece(key, octets))
    }

    // MARK: - Events

    /// What of an event has a table of its own.
    private func derive(_ event: SessionEvent, _ session: Int64, _ message: Int64?) {
        switch event {
        case .began(let description): self.batch.append(session, .began(description))
        case .ended(let summary):
            self.batch.append(session, .ended(summary))
            // A literal that broke off with its connection belongs to no message.
            self.pieces = self.pieces.filter { $0.key.session != session }
        case .exchangeEnded(let exchange): self.batch.append(session, .exchange(exchange))
        case .authentication(let outcome): self.batch.append(session, .authentication(outcome))
        case .finding(let finding, let time):
            self.batch.append(session, .finding(finding, message: message, time: time))
        case .edit(let edit): self.batch.append(session, .edit(edit))
        case .exchangeBegan, .stateChanged, .transportChange, .tls, .opaque, .gap, .closed: break
        }
    }
}

extension SessionEvent {
    /// The word in the column `kind` of the table of events; the same as in JSON Lines where that has it.
    var kindName: String {
        switch self {
        case .began: "session_start"
        case .exchangeBegan: "exchange_start"
        case .exchangeEnded: "exchange"
        case .authentication: "authentication"
        case .stateChanged: "state"
        case .transportChange: "transport"
        case .tls: "tls"
        case .finding: "finding"
        case .edit: "edit"
        case .opaque: "opaque"
        case .gap: "gap"
        case .closed: "closed"
        case .ended: "session_end"
        }
    }
}

extension RawSpan {
    /// A word of the text; nil when it is empty.
    fileprivate func string(_ range: Range<Int>) -> String? {
        guard !range.isEmpty, range.lowerBound >= 0, range.upperBound <= self.byteCount else { return nil }
        return self.extracting(range).withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }
}
