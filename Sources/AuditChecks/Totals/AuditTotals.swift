import IMAPProtocol
public import IMAPSession
public import Traffic

/// What an audit found, over all sessions. Bounded whatever their number.
public struct AuditTotals: Sendable {
    /// A finding where it was seen.
    public struct Evidence: Sendable, Hashable {
        public var session: ConnectionID
        public var client: String
        public var server: String
        public var user: String?
        public var finding: Finding
        public var time: Timestamp
        /// In captures: the packet that brought it, from 1.
        public var packet: UInt32?
        /// The line it stands in, masked, without its end and cut; nil where it is about no line.
        public var line: String?
    }

    /// All findings of one check, or of one name that is no check's.
    public struct Group: Sendable {
        /// Nil for findings that no check adopts.
        public var check: CheckDescription?
        public var name: String
        /// The number under which it is reported: `T01`, `X/T01`.
        public var number: String?
        /// The worst.
        public var severity: Severity
        public var count = 0
        public var sessions = 0
        /// The first ones, one per session, at most ``evidenceLimit``.
        public var evidence: [Evidence] = []
        public var servers = Tally()
        var lastSession: ConnectionID?
    }

    public struct Suppressed: Sendable, Hashable {
        public var suppression: Suppression
        public var count: Int
    }

    public private(set) var groups: [String: Group] = [:]
    public private(set) var suppressed: [Suppressed] = []
    public private(set) var sessions = 0
    public private(set) var mechanisms = Tally()
    public private(set) var users = Tally()
    public private(set) var servers = Tally()
    public private(set) var tlsVersions = Tally()
    public private(set) var results = Tally()
    public private(set) var attempts = AttemptTotals()

    public static let evidenceLimit = 20

    mutating func add(
        _ finding: Finding,
        _ check: CheckDescription?,
        _ session: AuditedSession,
        _ place: () -> EvidencePlace
    ) {
        let key = finding.check ?? finding.id
        var group =
            self.groups[key]
            ?? Group(check: check, name: check?.name ?? finding.id, number: finding.check, severity: finding.severity)
        group.severity = max(group.severity, finding.severity)
        group.count += 1
        let id = session.description.connection
        if group.lastSession != id {
            group.lastSession = id
            group.sessions += 1
            group.servers.add(session.server)
            if group.evidence.count < Self.evidenceLimit {
                let place = place()
                group.evidence.append(
                    Evidence(
                        session: id,
                        client: session.description.client.description,
                        server: session.server,
                        user: session.user ?? session.attempt?.user,
                        finding: finding,
                        time: place.time,
                        packet: place.packet == 0 ? nil : place.packet,
                        line: place.line
                    )
                )
            }
        }
        self.groups[key] = group
    }

    mutating func suppressed(_ check: CheckDescription, _ suppression: Suppression) {
        if let index = self.suppressed.firstIndex(where: { $0.suppression == suppression }) {
            self.suppressed[index].count += 1
        } else {
            self.suppressed.append(Suppressed(suppression: suppression, count: 1))
        }
    }

    mutating func add(_ session: AuditedSession) {
        self.sessions += 1
        self.servers.add(session.server)
        self.tlsVersions.add(session.clientTLS?.version ?? "cleartext")
        for attempt in session.attempts {
            self.mechanisms.add(attempt.mechanism)
            let result =
                attempt.outcome.map { $0.cancelled ? "cancelled" : $0.status?.name ?? "no answer" } ?? "no answer"
            self.results.add(result)
            if let user = attempt.user { self.users.add(user) }
            self.attempts.add(attempt, peer: session.description.client.host)
        }
    }

    /// Findings of this severity or worse.
    public func count(atLeast severity: Severity) -> Int {
        self.groups.values.reduce(0) { $0 + ($1.severity >= severity ? $1.count : 0) }
    }
}
