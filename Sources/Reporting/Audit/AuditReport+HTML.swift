import AuditChecks
import IMAPSession
import Traffic

/// One page without scripts that opens offline.
extension AuditReport {
    func writeHTML(to writer: inout ByteWriter) {
        writer.append(Self.head)
        writer.append("<h1>IMAP audit</h1><p>")
        writer.append(self.totals.sessions, "session")
        writer.append(", policy ")
        Self.put(self.policy.name, &writer)
        for input in self.inputs {
            writer.append(", <code>")
            Self.put(input, &writer)
            writer.append("</code>")
        }
        writer.append("</p><ul class=\"counts\">")
        for entry in self.counts {
            writer.append("<li class=\"")
            writer.append(verbatim: entry.severity.name)
            writer.append("\">")
            writer.append(decimal: UInt64(entry.findings))
            writer.append(" ")
            writer.append(verbatim: entry.severity.name)
            writer.append("</li>")
        }
        writer.append("</ul>\n")
        for group in self.groups { Self.write(group, to: &writer) }
        for (title, tally) in self.tallies where !tally.counts.isEmpty {
            writer.append("<h2>")
            Self.put(title, &writer)
            writer.append("</h2><table>")
            for entry in tally.sorted.prefix(200) {
                writer.append("<tr><td>")
                Self.put(entry.word, &writer)
                writer.append("</td><td class=\"number\">")
                writer.append(decimal: UInt64(entry.count))
                writer.append("</td></tr>")
            }
            writer.append("</table>\n")
        }
        writer.append("</body></html>\n")
    }

    private static func write(_ group: AuditTotals.Group, to writer: inout ByteWriter) {
        writer.append("<details class=\"")
        writer.append(verbatim: group.severity.name)
        writer.append(group.severity >= .medium ? "\" open><summary><b>" : "\"><summary><b>")
        writer.append(verbatim: group.severity.name)
        writer.append("</b> ")
        Self.put(group.label, &writer)
        writer.append(" <span>")
        writer.append(group.count, "finding")
        writer.append(" in ")
        writer.append(group.sessions, "session")
        writer.append("</span></summary>")
        if let check = group.check {
            for (title, text) in [
                ("what", check.summary), ("why", check.rationale), ("do", check.remedy), ("see", check.reference),
            ] {
                writer.append("<p><i>")
                Self.put(title, &writer)
                writer.append("</i> ")
                Self.put(text, &writer)
                writer.append("</p>")
            }
        }
        let titles = ["session", "peers", "place", "blame", "facts", "line"]
        writer.append("<table><tr>")
        for title in titles { writer.append(verbatim: "<th>\(title)</th>") }
        writer.append("</tr>")
        for evidence in group.evidence {
            let peers = "\(evidence.client) → \(evidence.server)"
            let cells = [
                evidence.session.description, peers, evidence.place, evidence.finding.blame.rawValue,
                evidence.finding.text, evidence.line ?? "",
            ]
            writer.append("<tr>")
            for cell in cells {
                writer.append("<td>")
                Self.put(cell, &writer)
                writer.append("</td>")
            }
            writer.append("</tr>")
        }
        writer.append("</table></details>\n")
    }

    /// Text that is nothing but text to a browser: much of it comes from the wire.
    private static func put(_ text: String, _ writer: inout ByteWriter) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": writer.append("&lt;")
            case ">": writer.append("&gt;")
            case "&": writer.append("&amp;")
            case "\"": writer.append("&quot;")
            case "'": writer.append("&#39;")
            default: writer.append(String(Character(scalar)), escaped: .terminal)
            }
        }
    }

    private static let head: StaticString = """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; \
        form-action 'none'">
        <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
        <meta name="color-scheme" content="light dark"><title>IMAP audit</title><style>
        body{font:15px/1.45 system-ui,sans-serif;max-width:70em;margin:2em auto;padding:0 1em}
        table{border-collapse:collapse;margin:.5em 0 1em}td,th{text-align:left;vertical-align:top;padding:.15em .8em .15em 0;\
        border-bottom:1px solid #8884}td.number{text-align:right}
        details{border-left:.4em solid #8888;padding:.2em .8em;margin:.6em 0}summary{cursor:pointer}summary span{opacity:.7}
        details i{display:inline-block;min-width:3em;opacity:.7}p{margin:.2em 0}
        .counts{list-style:none;padding:0;display:flex;gap:.6em;flex-wrap:wrap}.counts li{border-left:.4em solid #8888;\
        padding:.1em .6em}
        .critical{border-color:#b00020!important}.high{border-color:#e0531f!important}.medium{border-color:#d9a400!important}
        .low{border-color:#3a7ca5!important}
        </style></head><body>

        """
}
