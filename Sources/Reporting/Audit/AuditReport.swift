public import AuditChecks
import IMAPSession
import Traffic

/// What an audit has to say, ordered for people: the worst first.
public struct AuditReport: Sendable {
    public enum Format: String, Sendable, CaseIterable {
        case text
        case json
        case sarif
        case html
        case md
    }

    public var version: String
    public var policy: AuditPolicy
    /// What was read: names of files.
    public var inputs: [String]
    public var totals: AuditTotals
    public var catalogue: Catalogue
    public var isColored = false

    public init(
        version: String,
        policy: AuditPolicy,
        inputs: [String],
        totals: AuditTotals,
        catalogue: Catalogue = .shipped
    ) {
        self.version = version
        self.policy = policy
        self.inputs = inputs
        self.totals = totals
        self.catalogue = catalogue
    }

    public func write(_ format: Format, to writer: inout ByteWriter) {
        switch format {
        case .text: self.writeText(to: &writer)
        case .json: self.writeJSON(to: &writer)
        case .sarif: self.writeSARIF(to: &writer)
        case .html: self.writeHTML(to: &writer)
        case .md: self.writeMarkdown(to: &writer)
        }
    }

    /// The worst first, then by number.
    var groups: [AuditTotals.Group] {
        self.totals.groups.values.sorted { left, right in
            left.severity != right.severity ? left.severity > right.severity : left.label < right.label
        }
    }

    /// The severities that occur, the worst first, with how many findings each has.
    var counts: [(severity: Severity, findings: Int)] {
        Severity.allCases.reversed().compactMap { severity in
            let count = self.totals.groups.values.reduce(0) { $0 + ($1.severity == severity ? $1.count : 0) }
            return count > 0 ? (severity, count) : nil
        }
    }

    /// How the attempts of users or peers went, those with most failures first.
    static func attempts(
        _ counts: [String: AttemptTotals.Count]
    ) -> [(name: String, count: AttemptTotals.Count)] {
        counts.map { (name: $0.key, count: $0.value) }.sorted { left, right in
            left.count.failed != right.count.failed ? left.count.failed > right.count.failed : left.name < right.name
        }
    }

    /// The tables of the summary.
    var tallies: [(title: String, tally: Tally)] {
        [
            ("servers", self.totals.servers), ("mechanisms", self.totals.mechanisms), ("users", self.totals.users),
            ("TLS", self.totals.tlsVersions), ("results", self.totals.results),
        ]
    }
}

extension AuditTotals.Group {
    /// `T01 cleartext-credentials`
    var label: String { self.number.map { "\($0) \(self.name)" } ?? self.name }

    /// What is wrong, whatever the session.
    var summary: String { self.check?.summary ?? self.evidence.first?.finding.text ?? self.name }
}

extension AuditTotals.Evidence {
    /// `C@57`: the side whose stream it stands in, and the offset.
    /// `C@481`, with the packet where there are packets.
    var place: String {
        let octet = "\(self.finding.direction == .client ? "C" : "S")@\(self.finding.offset)"
        return self.packet.map { "\(octet) packet \($0)" } ?? octet
    }
}
