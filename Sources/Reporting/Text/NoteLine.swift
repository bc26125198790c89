import IMAPSession
import Traffic

/// What stands below a message.
struct NoteLine {
    var parts: [String]
    var findings: [Finding]

    /// Named quirks are notes, not errors: they stand among the parts.
    init(parts: [String], findings: [Finding]) {
        self.parts = parts
        self.findings = findings
        guard findings.contains(where: \.isNote) else { return }
        self.parts += findings.filter(\.isNote).map { "\($0.text) (\($0.reference))" }
        self.findings = findings.filter { !$0.isNote }
    }

    func write(to page: inout TextPage) {
        if !self.parts.isEmpty || !self.findings.isEmpty {
            page.beginIndentedLine()
            page.role(.note)
            var isFirst = true
            for part in self.parts {
                if !isFirst { page.append(" · ") }
                page.append(escaping: part)
                isFirst = false
            }
            page.endRole()
            if !self.findings.isEmpty {
                if !self.parts.isEmpty {
                    // `! id severity`, two spaces between them.
                    let width = self.findings.reduce(-2) {
                        $0 + $1.id.unicodeScalars.count + $1.severity.name.count + 5
                    }
                    page.moveRight(width: width)
                }
                var isFirst = true
                for finding in self.findings {
                    if !isFirst { page.append("  ") }
                    page.append(markOf: finding)
                    isFirst = false
                }
            }
            page.endLine()
        }
        for finding in self.findings {
            page.beginIndentedLine()
            page.role(.finding(finding.severity))
            if self.findings.count > 1 {
                page.append(escaping: finding.id)
                page.append(": ")
            }
            page.append(sentenceOf: finding)
            page.endLine()
        }
    }
}

extension TextPage {
    mutating func append(markOf finding: Finding) {
        self.role(.finding(finding.severity))
        self.append("! ")
        self.append(escaping: finding.id)
        self.append(" ")
        self.append(escaping: finding.severity.name)
        self.endRole()
    }

    mutating func append(sentenceOf finding: Finding) {
        self.append(escaping: finding.text)
        if !finding.reference.isEmpty {
            self.append(" (")
            self.append(escaping: finding.reference)
            self.append(")")
        }
    }

    /// A line for a finding that stands by itself.
    mutating func write(_ finding: Finding, seconds: Int64) {
        self.beginLine(seconds: seconds, mark: "")
        self.append(markOf: finding)
        self.append(" · ")
        self.append(sentenceOf: finding)
        self.endLine()
    }
}
