import IMAPProtocol
public import IMAPSession
import Masking
public import Traffic

/// The audit of many sessions: a policy, the checks that it leaves, what is remembered between sessions, and the totals.
///
/// One per run, used on one thread at a time.
public final class AuditEngine {
    public let policy: AuditPolicy
    public let history: AuditHistory
    public let catalogue: Catalogue
    public private(set) var totals = AuditTotals()
    /// The checks as they are when a session begins.
    let fresh: [any Check]
    /// Places of checks in the catalogue by the moments that they want.
    private let dispatch: [[Int]]
    private let wanted: Moments

    /// - Parameter catalogue: another one for tests.
    public init(policy: AuditPolicy, catalogue: Catalogue = .shipped, history: AuditHistory = AuditHistory()) {
        self.policy = policy
        self.catalogue = catalogue
        self.history = history
        self.fresh = catalogue.checks.map { $0.init() }
        var dispatch = [[Int]](repeating: [], count: Moments.count)
        var wanted: Moments = []
        for (index, check) in catalogue.checks.enumerated() where !policy.disabled.contains(check.description.id) {
            wanted.formUnion(check.moments)
            for kind in 0..<Moments.count where check.moments.contains(Moments(rawValue: 1 << UInt32(kind))) {
                dispatch[kind].append(index)
            }
            if check.moments.contains(.untagged), !check.moments.contains(.notice) {
                dispatch[Moments.notice.index].append(index)
            }
        }
        self.dispatch = dispatch
        self.wanted = wanted
    }

    /// The review of a session that begins.
    public func review(of description: SessionDescription) -> AuditReview { AuditReview(self, description) }

    /// The same where the description comes with the session's first event.
    public func review(of connection: ConnectionID) -> AuditReview {
        let nobody = Endpoint(host: "", port: 0)
        return AuditReview(
            self,
            SessionDescription(
                connection: connection,
                client: nobody,
                server: nobody,
                clientLeg: "",
                upstreamLeg: "",
                time: .zero
            )
        )
    }

    func interested(in kind: Moments) -> [Int] { self.dispatch[kind.index] }

    func wants(_ kind: Moments) -> Bool { self.wanted.contains(kind) }

    /// Whether a check looks at an untagged response after a login.
    func wantsUntagged(_ message: Message) -> Bool {
        self.wants(.untagged) || self.wants(.notice) && message.isNotice
    }

    /// Whether a check reads the text of an untagged response after a login: not of mail.
    func needsText(of message: Message) -> Bool {
        self.wantsUntagged(message) && message.response != .fetch && message.response != .uidfetch
    }

    /// Sets what the policy says about a finding of the session itself. A note becomes a finding when the check that adopts
    /// it is about more than a deviation that does no harm.
    func adopt(_ finding: inout Finding, _ check: CheckDescription) {
        finding.check = check.id
        if finding.isNote, check.severity > .info {
            finding.isNote = false
            finding.severity = check.severity
        }
        if let severity = self.policy.severities[check.id] { finding.severity = severity }
    }

    /// Whether a finding is to be told, with the severity of the policy.
    func admit(_ finding: inout Finding, _ check: CheckDescription, _ session: AuditedSession, at time: Timestamp)
        -> Bool
    {
        if finding.blame != .configuration, let severity = self.policy.severities[check.id] {
            finding.severity = severity
        }
        guard let suppression = self.policy.suppression(of: check.id, server: session.description.server, at: time)
        else { return true }
        self.totals.suppressed(check, suppression)
        return false
    }

    func count(_ finding: Finding, _ check: CheckDescription?, _ audit: Audit, at time: Timestamp) {
        guard !finding.isNote || check != nil else { return }
        self.totals.add(finding, check, audit.session) { EvidencePlace(finding, audit, at: time) }
    }

    func end(_ session: AuditedSession) { self.totals.add(session) }
}

extension AuditPolicy {
    /// The suppression that holds for a check at a server; nil when there is none or it has expired.
    func suppression(of check: String, server: Endpoint, at time: Timestamp) -> Suppression? {
        self.suppressions.first { entry in
            guard entry.check == check else { return false }
            if let host = entry.server, host != server.host, host != server.description { return false }
            return entry.expires.map { time.nanoseconds / 1_000_000_000 < $0 } ?? true
        }
    }
}
