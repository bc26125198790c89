import AuditChecks
import IMAPSession
import Traffic

/// SARIF 2.1.0 (OASIS): one run, a rule per check of the catalogue, a result per session in which a check found something.
extension AuditReport {
    func writeSARIF(to writer: inout ByteWriter) {
        writer.append(
            #"{"$schema":"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json","#
        )
        writer.append(#""version":"2.1.0","runs":[{"tool":{"driver":{"name":"imapscope","version":"#)
        writer.append(prose: self.version)
        writer.append(#","rules":"#)
        writer.appendList(self.groups) { writer, group in
            writer.append(#"{"id":"#)
            writer.append(prose: group.number ?? group.name)
            writer.append(#","name":"#)
            writer.append(prose: group.name)
            writer.append(#","shortDescription":{"text":"#)
            writer.append(prose: group.summary)
            writer.append("}")
            if let check = group.check {
                writer.append(#","fullDescription":{"text":"#)
                writer.append(prose: check.rationale)
                writer.append(#"},"help":{"text":"#)
                writer.append(prose: "\(check.remedy) (\(check.reference))")
                writer.append("}")
            }
            writer.append(#","defaultConfiguration":{"level":"#)
            writer.append(prose: (group.check?.severity ?? group.severity).level)
            writer.append(#"},"properties":{"security-severity":"#)
            writer.append(prose: (group.check?.severity ?? group.severity).score)
            writer.append("}}")
        }
        writer.append(#"}},"columnKind":"unicodeCodePoints","results":["#)
        var isFirst = true
        for (index, group) in self.groups.enumerated() {
            for evidence in group.evidence {
                if !isFirst { writer.append(",") }
                isFirst = false
                self.write(group, index, evidence, to: &writer)
            }
        }
        writer.append("]}]}\n")
    }

    private func write(
        _ group: AuditTotals.Group,
        _ index: Int,
        _ evidence: AuditTotals.Evidence,
        to writer: inout ByteWriter
    ) {
        writer.append(#"{"ruleId":"#)
        writer.append(prose: group.number ?? group.name)
        writer.append(#","ruleIndex":"#)
        writer.append(decimal: UInt64(index))
        writer.append(#","level":"#)
        writer.append(prose: evidence.finding.severity.level)
        writer.append(#","message":{"text":"#)
        writer.append(prose: evidence.finding.text)
        writer.append(#"},"locations":[{"#)
        if let input = self.inputs.first, self.inputs.count == 1 {
            writer.append(#""physicalLocation":{"artifactLocation":{"uri":"#)
            writer.append(prose: Self.uri(input))
            writer.append("}},")
        }
        writer.append(#""logicalLocations":[{"kind":"resource","fullyQualifiedName":"#)
        writer.append(prose: "session \(evidence.session.number)/\(evidence.place)")
        writer.append(#"}]}],"properties":{"client":"#)
        writer.append(prose: evidence.client)
        writer.append(#","server":"#)
        writer.append(prose: evidence.server)
        writer.append(#","blame":"#)
        writer.append(prose: evidence.finding.blame.rawValue)
        if let line = evidence.line {
            writer.append(#","line":"#)
            writer.append(prose: line)
        }
        writer.append("}}")
    }

    /// A path as a relative reference (RFC 3986 section 4.2).
    private static func uri(_ path: String) -> String {
        var uri = ""
        for octet in path.utf8 {
            switch octet {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                uri.unicodeScalars.append(Unicode.Scalar(octet))
            default:
                let digits = String(octet, radix: 16, uppercase: true)
                uri += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return uri
    }
}

extension Severity {
    /// The level of SARIF 2.1.0 section 3.27.10.
    var level: String {
        switch self {
        case .critical, .high: "error"
        case .medium: "warning"
        case .low, .info: "note"
        }
    }

    /// As code scanning services rank results: 0.0 to 10.0.
    var score: String {
        switch self {
        case .critical: "9.5"
        case .high: "8.0"
        case .medium: "5.5"
        case .low: "3.0"
        case .info: "0.0"
        }
    }
}
