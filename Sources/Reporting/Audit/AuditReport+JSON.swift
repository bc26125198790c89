import AuditChecks
import IMAPSession
import Traffic

extension AuditReport {
    func writeJSON(to writer: inout ByteWriter) {
        writer.append(#"{"imapscope":"#)
        writer.append(prose: self.version)
        writer.append(#","policy":"#)
        writer.append(prose: self.policy.name)
        writer.append(#","inputs":"#)
        writer.appendList(self.inputs) { $0.append(prose: $1) }
        writer.append(#","sessions":"#)
        writer.append(decimal: UInt64(self.totals.sessions))
        writer.append(#","counts":{"#)
        for (index, severity) in Severity.allCases.reversed().enumerated() {
            if index > 0 { writer.append(",") }
            writer.append(prose: severity.name)
            writer.append(":")
            writer.append(decimal: UInt64(self.counts.first { $0.severity == severity }?.findings ?? 0))
        }
        writer.append(#"},"checks":"#)
        writer.appendList(self.groups) { self.write($1, to: &$0) }
        writer.append(#","suppressed":"#)
        writer.appendList(self.totals.suppressed) { writer, entry in
            writer.append(#"{"check":"#)
            writer.append(prose: entry.suppression.check)
            writer.append(#","server":"#)
            writer.append(prose: entry.suppression.server)
            writer.append(#","reason":"#)
            writer.append(prose: entry.suppression.reason)
            writer.append(#","findings":"#)
            writer.append(decimal: UInt64(entry.count))
            writer.append("}")
        }
        for (title, tally) in self.tallies {
            writer.append(",")
            writer.append(prose: title.lowercased())
            writer.append(":{")
            for (index, entry) in tally.sorted.enumerated() {
                if index > 0 { writer.append(",") }
                writer.append(prose: entry.word)
                writer.append(":")
                writer.append(decimal: UInt64(entry.count))
            }
            writer.append("}")
        }
        self.writeAttempts("logins_by_user", self.totals.attempts.byUser, to: &writer)
        self.writeAttempts("logins_by_peer", self.totals.attempts.byPeer, to: &writer)
        writer.append("}\n")
    }

    private func write(_ group: AuditTotals.Group, to writer: inout ByteWriter) {
        writer.append(#"{"check":"#)
        writer.append(prose: group.number)
        writer.append(#","name":"#)
        writer.append(prose: group.name)
        writer.append(#","severity":"#)
        writer.append(prose: group.severity.name)
        writer.append(#","summary":"#)
        writer.append(prose: group.summary)
        writer.append(#","reference":"#)
        writer.append(prose: group.check?.reference ?? group.evidence.first?.finding.reference)
        writer.append(#","rationale":"#)
        writer.append(prose: group.check?.rationale)
        writer.append(#","remedy":"#)
        writer.append(prose: group.check?.remedy)
        writer.append(#","findings":"#)
        writer.append(decimal: UInt64(group.count))
        writer.append(#","sessions":"#)
        writer.append(decimal: UInt64(group.sessions))
        writer.append(#","evidence":"#)
        writer.appendList(group.evidence) { writer, evidence in
            writer.append(#"{"session":"#)
            writer.append(decimal: evidence.session.number)
            writer.append(#","client":"#)
            writer.append(prose: evidence.client)
            writer.append(#","server":"#)
            writer.append(prose: evidence.server)
            writer.append(#","user":"#)
            writer.append(prose: evidence.user)
            writer.append(#","time":""#)
            writer.append(evidence.time, fraction: 6)
            writer.append(#"","direction":"#)
            writer.append(prose: evidence.finding.direction == .client ? "client" : "server")
            writer.append(#","offset":"#)
            writer.append(decimal: evidence.finding.offset)
            writer.append(#","leg":"#)
            writer.append(prose: evidence.finding.leg?.rawValue)
            writer.append(#","blame":"#)
            writer.append(prose: evidence.finding.blame.rawValue)
            writer.append(#","text":"#)
            writer.append(prose: evidence.finding.text)
            if let packet = evidence.packet {
                writer.append(#","packet":"#)
                writer.append(decimal: UInt64(packet))
            }
            if let line = evidence.line {
                writer.append(#","line":"#)
                writer.append(prose: line)
            }
            writer.append("}")
        }
        writer.append("}")
    }

    private func writeAttempts(
        _ key: StaticString,
        _ counts: [String: AttemptTotals.Count],
        to writer: inout ByteWriter
    ) {
        writer.append(#",""#)
        writer.append(key)
        writer.append(#"":"#)
        writer.appendList(Self.attempts(counts)) { writer, entry in
            writer.append(#"{"name":"#)
            writer.append(prose: entry.name)
            writer.append(#","succeeded":"#)
            writer.append(decimal: UInt64(entry.count.succeeded))
            writer.append(#","failed":"#)
            writer.append(decimal: UInt64(entry.count.failed))
            writer.append(#","users":"#)
            writer.append(decimal: UInt64(entry.count.users.count))
            writer.append("}")
        }
    }
}

extension ByteWriter {
    /// Appends a JSON array.
    mutating func appendList<Element>(_ list: [Element], _ body: (inout ByteWriter, Element) -> Void) {
        self.append("[")
        for (index, element) in list.enumerated() {
            if index > 0 { self.append(",") }
            body(&self, element)
        }
        self.append("]")
    }
}
