import AuditChecks
import IMAPSession
import Traffic

extension AuditReport {
    func writeMarkdown(to writer: inout ByteWriter) {
        writer.append("# IMAP audit\n\n")
        writer.append(self.totals.sessions, "session")
        writer.append(", policy ")
        Self.put(self.policy.name, &writer)
        writer.append(".\n\n| severity | check | findings | sessions | what |\n|---|---|---:|---:|---|\n")
        for group in self.groups {
            writer.append("| ")
            writer.append(verbatim: group.severity.name)
            writer.append(" | ")
            Self.put(group.label, &writer)
            writer.append(" | ")
            writer.append(decimal: UInt64(group.count))
            writer.append(" | ")
            writer.append(decimal: UInt64(group.sessions))
            writer.append(" | ")
            Self.put(group.summary, &writer)
            writer.append(" |\n")
        }
        for group in self.groups {
            writer.append("\n## ")
            Self.put(group.label, &writer)
            writer.append("\n\n")
            if let check = group.check {
                Self.put(check.rationale, &writer)
                writer.append(" ")
                Self.put(check.remedy, &writer)
                writer.append(" (")
                Self.put(check.reference, &writer)
                writer.append(")\n\n")
            }
            for evidence in group.evidence {
                writer.append("- ")
                Self.put("session \(evidence.session.number), \(evidence.client) to \(evidence.server)", &writer)
                writer.append(", ")
                writer.append(verbatim: evidence.place)
                writer.append(", ")
                writer.append(verbatim: evidence.finding.blame.rawValue)
                writer.append(": ")
                Self.put(evidence.finding.text, &writer)
                if let line = evidence.line {
                    writer.append(": ")
                    Self.put(line, &writer)
                }
                writer.append("\n")
            }
        }
        for (title, tally) in self.tallies where !tally.counts.isEmpty {
            writer.append("\n## ")
            Self.put(title, &writer)
            writer.append("\n\n| | |\n|---|---:|\n")
            for entry in tally.sorted.prefix(50) {
                writer.append("| ")
                Self.put(entry.word, &writer)
                writer.append(" | ")
                writer.append(decimal: UInt64(entry.count))
                writer.append(" |\n")
            }
        }
    }

    /// Text in which nothing of Markdown or HTML is left standing: much of it comes from the wire.
    private static func put(_ text: String, _ writer: inout ByteWriter) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", "`", "*", "_", "{", "}", "[", "]", "(", ")", "#", "+", "!", "|", "~":
                writer.append("\\")
                writer.append(UInt8(truncatingIfNeeded: scalar.value))
            case "<": writer.append("&lt;")
            case ">": writer.append("&gt;")
            case "&": writer.append("&amp;")
            default: writer.append(String(Character(scalar)), escaped: .terminal)
            }
        }
    }
}
