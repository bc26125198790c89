import Traffic

/// One direction of a TLS connection.
final class TLSStream {
    /// Which keys protect it.
    enum Epoch: Sendable, Hashable {
        case cleartext
        /// TLS 1.3: what a client sends before it has heard from the server.
        case early
        case handshake
        /// The keys of a finished handshake; in TLS 1.3 with the number of updates.
        case application(Int)
    }

    let direction: Direction
    var records = RecordBuffer()
    var handshake = HandshakeAssembler()
    var epoch = Epoch.cleartext
    /// Nil in cleartext, and where the keys of this epoch are not known but those of the next one are.
    var protection: (any RecordProtection)?
    /// The number of the next record.
    var sequence: UInt64 = 0
    /// TLS 1.3: what the keys come from.
    var secret: TrafficSecret?
    /// Records wait for keys.
    var isBlocked = false
    /// Nothing more can be read.
    var isUnreadable = false
    /// Octets are missing, and the next record that the keys open is looked for.
    var loss: StreamLoss?
    /// A record was opened with the keys of this epoch; and how many in a row could not be.
    var hasOpened = false
    var failures = 0
    /// Zeros stood behind some content, so that the length of what is missing says less.
    var hasPadding = false
    var isFirst = true
    /// Problems that were told.
    var told: Set<TLSProblem> = []

    init(_ direction: Direction) {
        self.direction = direction
    }

    var hasData: Bool {
        if case .application = self.epoch { true } else { false }
    }

    func enter(_ epoch: Epoch) {
        self.epoch = epoch
        self.protection = nil
        self.secret = nil
        self.sequence = 0
        self.hasOpened = false
        self.failures = 0
    }
}

/// Octets of a stream of records that are missing or were passed over.
struct StreamLoss {
    var octets: UInt64 = 0
    /// Records that are missing at least.
    var leastRecords: UInt64 = 1
    /// The last octets that were passed over, without a gap between them and the next one.
    var preceding: [UInt8] = []

    /// A block and the longest MAC.
    private static let kept = 64

    mutating func pass(_ octets: RawSpan) {
        self.octets += UInt64(octets.byteCount)
        let more = octets.extracting(max(0, octets.byteCount - Self.kept)..<octets.byteCount)
        more.withUnsafeBytes { self.preceding.append(contentsOf: $0) }
        if self.preceding.count > Self.kept { self.preceding.removeFirst(self.preceding.count - Self.kept) }
    }

    mutating func gap(_ octets: UInt64) {
        self.octets += octets
        self.preceding = []
    }
}
