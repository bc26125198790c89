import IMAPSession
import TLSDecryption
import Traffic

/// The TLS connection that a session's streams are carried in: takes it off, and tells the session what it was.
final class TLSLayer: TLSObserver {
    private unowned let feed: SessionFeed
    private let start: TLSChange.Start
    private var decryptor: TLSDecryptor?
    /// The handshake as it is known, and as it was told.
    private var facts: TLSHandshakeFacts?
    private var told: TLSHandshakeFacts?
    /// Whether the session reads the cleartext.
    private var isRead = false
    /// What cannot be read of each stream and was not told: as much as comes in a row is one gap.
    private var unread: (client: UInt64, server: UInt64) = (0, 0)
    private var problems: Set<String> = []
    /// Why octets could not be decrypted, in a few words; nil while nothing says so.
    private(set) var reason: String?
    private(set) var cleartextOctets: UInt64 = 0

    init(_ feed: SessionFeed, _ keys: TLSDecryptionKeys, start: TLSChange.Start) {
        self.feed = feed
        self.start = start
        self.decryptor = TLSDecryptor(keys: keys, observer: self)
    }

    // MARK: - From the capture

    func receive(_ octets: RawSpan, from direction: Direction, at time: Timestamp) {
        self.decryptor?.receive(octets, from: direction, at: time)
    }

    func gap(_ octets: UInt64, from direction: Direction, at time: Timestamp) {
        guard let decryptor else { return }
        if decryptor.isUnreadable(direction) {
            self.tellUnread(at: time)
            self.feed.withSession { $0.gap(octets, from: direction, at: time) }
        } else {
            decryptor.gap(octets, from: direction, at: time)
        }
    }

    func ended(_ direction: Direction, at time: Timestamp) { self.tellUnread(at: time) }

    func finish(at time: Timestamp) {
        self.decryptor?.finish(at: time)
        self.tellUnread(at: time)
        self.tellHandshake(at: time)
    }

    // MARK: - TLSObserver

    func cleartext(_ octets: RawSpan, from direction: Direction, at time: Timestamp) {
        self.begin(at: time)
        self.tellUnread(at: time)
        self.cleartextOctets += UInt64(octets.byteCount)
        self.feed.withSession { $0.receive(octets, from: direction, at: time) }
    }

    func gap(_ gap: CleartextGap, from direction: Direction, at time: Timestamp) {
        self.begin(at: time)
        self.tellUnread(at: time)
        self.feed.withSession { $0.gap(max(gap.octets, 1), from: direction, at: time) }
    }

    func handshake(_ facts: TLSHandshakeFacts, at time: Timestamp) {
        self.facts = facts
        // A handshake that comes later, on the connection that is there, is worth a line of its own.
        let isNew = self.isRead && facts.renegotiation != self.told?.renegotiation && facts.isComplete
        if isNew || !self.problems.isEmpty { self.tellHandshake(at: time) }
    }

    func alert(_ alert: TLSAlert, from direction: Direction, at time: Timestamp) {
        guard alert.name != "close_notify" else { return }
        self.feed.withSession { session in
            session.report(.alert(alert, direction, at: session.octets(direction)), at: time)
        }
    }

    func problem(_ problem: TLSProblem, from direction: Direction, at time: Timestamp) {
        self.reason = self.reason ?? problem.category
        guard self.problems.insert(problem.description).inserted else { return }
        self.feed.withSession { session in
            session.report(.notDecrypted(problem, direction, at: session.octets(direction)), at: time)
        }
    }

    func undecrypted(_ octets: Int, from direction: Direction, at time: Timestamp) {
        self.feed.withSession { $0.skipEncrypted(octets, direction, at: time) }
        if direction == .client { self.unread.client += UInt64(octets) } else { self.unread.server += UInt64(octets) }
    }

    // MARK: - To the session

    /// The first cleartext is here.
    private func begin(at time: Timestamp) {
        guard !self.isRead else { return }
        self.isRead = true
        self.tellHandshake(at: time)
        self.feed.withSession { $0.goesOnUnderTLS() }
    }

    /// Tells the handshake once for each there is.
    private func tellHandshake(at time: Timestamp) {
        guard let facts, facts.renegotiation != self.told?.renegotiation || self.told == nil else { return }
        self.told = facts
        let seen = IMAPSession.TLSFacts(facts, isDecrypted: self.isRead)
        self.feed.withSession { $0.tlsSeen(seen, start: self.start, at: time) }
    }

    /// In a session that is read, octets that cannot be are a gap.
    private func tellUnread(at time: Timestamp) {
        let (client, server) = self.unread
        guard self.isRead, client > 0 || server > 0 else { return }
        self.unread = (0, 0)
        self.feed.withSession { session in
            if client > 0 { session.gap(client, from: .client, at: time) }
            if server > 0 { session.gap(server, from: .server, at: time) }
        }
    }
}

extension TLSProblem {
    /// For totals: what they have in common.
    fileprivate var category: String {
        switch self {
        case .noSecret: "the key log has no secrets for it"
        case .noKeys: "there are no keys for it"
        case .noHandshake: "its handshake is not in the capture"
        case .resumedFromElsewhere: "it resumes a session whose keys are not known"
        case .privateKeyCannotWork, .noMatchingPrivateKey: "the private key is not what it takes"
        case .unsupportedVersion, .unsupportedSuite, .unsupportedExtension, .notCheckable, .compressed:
            "what it uses cannot be decrypted"
        case .wrongSecret, .badRecord: "its records do not open"
        case .streamLost, .notResynchronised: "octets of it are missing"
        case .notTLS, .recordTooLong, .damagedHandshake: "it is damaged"
        case .tooMuchHeld: "its keys did not come in time"
        }
    }
}

extension Finding {
    fileprivate static func notDecrypted(_ problem: TLSProblem, _ direction: Direction, at offset: UInt64) -> Finding {
        Finding(
            id: "tls-not-decrypted",
            severity: .info,
            blame: .capture,
            direction: direction,
            offset: offset,
            text: "TLS is not decrypted: \(problem)",
            reference: "RFC 8446 section 5.2"
        )
    }

    fileprivate static func alert(_ alert: TLSAlert, _ direction: Direction, at offset: UInt64) -> Finding {
        Finding(
            id: "tls-alert",
            severity: alert.isFatal ? .medium : .info,
            blame: direction == .client ? .client : .server,
            direction: direction,
            offset: offset,
            text: "the \(direction.name) ends TLS with the alert \(alert.name)",
            reference: "RFC 8446 section 6"
        )
    }
}
