import IMAPSession
import Traffic

/// Where a finding was seen.
struct EvidencePlace {
    var time: Timestamp
    var packet: UInt32
    var line: String?

    /// As much of a line as a report cites.
    private static let longestLine = 160

    /// The message that is looked at, or the command of the login that the finding is about.
    init(_ finding: Finding, _ audit: Audit, at time: Timestamp) {
        self.time = time
        self.packet = audit.packet
        if finding.direction == audit.direction, finding.offset == audit.offset {
            self.line = Self.cut(audit)
        } else if let attempt = audit.session.attempt, finding.direction == .client, finding.offset == attempt.offset {
            self.line = attempt.line
            self.packet = attempt.packet
        }
    }

    static func cut(_ audit: Audit) -> String? {
        let line = audit.words(0..<min(audit.text.count, 2 * Self.longestLine)).trimmedLine
        guard !line.isEmpty else { return nil }
        return line.unicodeScalars.count <= Self.longestLine ? line : "\(line.prefix(Self.longestLine - 1))…"
    }
}
