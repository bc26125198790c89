import AuditChecks
import IMAPSession
import Traffic

extension AuditReport {
    func writeText(to writer: inout ByteWriter) {
        writer.append("audit of ")
        writer.append(self.totals.sessions, "session")
        writer.append(", policy ")
        writer.append(self.policy.name, escaped: .terminal)
        writer.append(": ")
        if self.counts.isEmpty { writer.append("nothing found") }
        for (index, entry) in self.counts.enumerated() {
            if index > 0 { writer.append(", ") }
            writer.append(decimal: UInt64(entry.findings))
            writer.append(" ")
            self.color(entry.severity, &writer) { $0.append(verbatim: entry.severity.name) }
        }
        writer.append("\n")
        for group in self.groups { self.writeText(group, to: &writer) }
        self.writeSuppressed(to: &writer)
        for (title, tally) in self.tallies where !tally.counts.isEmpty {
            writer.append("\n")
            writer.append(verbatim: title)
            writer.append("\n")
            for entry in tally.sorted.prefix(12) { Self.row(entry.word, entry.count, to: &writer) }
            let rest = tally.sorted.dropFirst(12).reduce(tally.others) { $0 + $1.count }
            if rest > 0 { Self.row("others", rest, to: &writer) }
        }
        self.writeAttempts("logins by user", self.totals.attempts.byUser, to: &writer)
        self.writeAttempts("logins by peer", self.totals.attempts.byPeer, to: &writer)
    }

    private func writeText(_ group: AuditTotals.Group, to writer: inout ByteWriter) {
        writer.append("\n")
        self.color(group.severity, &writer) { $0.append(verbatim: group.severity.name) }
        writer.append("  ")
        writer.append(group.label, escaped: .terminal)
        writer.append("  ")
        writer.append(group.count, "finding")
        writer.append(" in ")
        writer.append(group.sessions, "session")
        writer.append("\n")
        if let check = group.check {
            writer.append("  ")
            writer.append(check.summary, escaped: .terminal)
            writer.append(" (")
            writer.append(check.reference, escaped: .terminal)
            writer.append(")\n")
        }
        var last: String?
        for evidence in group.evidence.prefix(5) {
            writer.append("    ")
            writer.append(evidence.session.description, escaped: .terminal)
            writer.append(" ")
            writer.append(evidence.client, escaped: .terminal)
            writer.append(" → ")
            writer.append(evidence.server, escaped: .terminal)
            writer.append(" ")
            writer.append(verbatim: evidence.place)
            writer.append(", ")
            writer.append(verbatim: evidence.finding.blame.rawValue)
            writer.append(": ")
            writer.append(evidence.finding.text, escaped: .terminal)
            writer.append("\n")
            // Sessions of one client look alike: a line is cited once.
            if let line = evidence.line, line != last {
                last = line
                writer.append("      ")
                writer.append(line, escaped: .terminal)
                writer.append("\n")
            }
        }
        if group.sessions > 5 {
            writer.append("    and ")
            writer.append(group.sessions - 5, "more session")
            writer.append("\n")
        }
        guard let check = group.check else { return }
        writer.append("  why: ")
        writer.append(check.rationale, escaped: .terminal)
        writer.append("\n  do:  ")
        writer.append(check.remedy, escaped: .terminal)
        writer.append("\n")
    }

    private func writeSuppressed(to writer: inout ByteWriter) {
        for entry in self.totals.suppressed {
            writer.append("\nsuppressed  ")
            writer.append(entry.suppression.check, escaped: .terminal)
            writer.append("  ")
            writer.append(entry.count, "finding")
            writer.append(": ")
            writer.append(entry.suppression.reason, escaped: .terminal)
            writer.append("\n")
        }
    }

    private func writeAttempts(
        _ title: StaticString,
        _ counts: [String: AttemptTotals.Count],
        to writer: inout ByteWriter
    ) {
        guard !counts.isEmpty else { return }
        writer.append("\n")
        writer.append(title)
        writer.append("\n")
        for entry in Self.attempts(counts).prefix(12) {
            writer.append("  ")
            writer.append(entry.name.isEmpty ? "(no name)" : entry.name, escaped: .terminal)
            writer.append(": ")
            writer.append(decimal: UInt64(entry.count.succeeded))
            writer.append(" OK, ")
            writer.append(decimal: UInt64(entry.count.failed))
            writer.append(" failed")
            if entry.count.users.count > 1 {
                writer.append(", ")
                writer.append(entry.count.users.count, "user")
            }
            writer.append("\n")
        }
    }

    private static func row(_ word: String, _ count: Int, to writer: inout ByteWriter) {
        writer.append("  ")
        writer.append(word, escaped: .terminal)
        writer.append(": ")
        writer.append(decimal: UInt64(count))
        writer.append("\n")
    }

    private func color(_ severity: Severity, _ writer: inout ByteWriter, _ body: (inout ByteWriter) -> Void) {
        guard self.isColored else { return body(&writer) }
        switch severity {
        case .critical: writer.append("\u{1B}[1;31m")
        case .high: writer.append("\u{1B}[31m")
        case .medium: writer.append("\u{1B}[33m")
        case .low: writer.append("\u{1B}[36m")
        case .info: writer.append("\u{1B}[2m")
        }
        body(&writer)
        writer.append("\u{1B}[0m")
    }
}
