import IMAPSession

extension Field {
    /// What was found in the message, or beside messages.
    static let ofFindings: [Field] = [
        .each("finding", .keyword, "the name of a finding", aliases: ["finding.id"], needs: .message) { facts, test in
            facts.findings { test(.text($0.id)) }
        },
        .each(
            "finding.severity",
            .level,
            "how much a finding matters",
            values: Severity.allCases.map(\.name),
            aliases: ["severity"],
            needs: .message
        ) { facts, test in facts.findings { test(.number(Int64($0.severity.rawValue))) } },
        .each(
            "finding.blame",
            .keyword,
            "whose fault a finding is",
            values: ["client", "server", "capture", "configuration", "imapscope"],
            needs: .message
        ) { facts, test in facts.findings { test(.text($0.blame.rawValue)) } },
        .each("finding.text", .string, "the sentence of a finding") { facts, test in
            facts.findings { test(.text($0.text)) }
        },
        .each("edit", .string, "the option or rule that edited the stream here") { facts, test in
            guard case .edit(let edit)? = facts.event else { return false }
            return test(.text(edit.cause))
        },
    ]
}
