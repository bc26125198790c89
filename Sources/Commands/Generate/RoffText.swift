/// Text for man(7): nothing in it is taken for a request or an escape.
enum RoffText {
    /// Characters that roff would change or that not every terminal has.
    private static let characters: [Unicode.Scalar: String] = [
        "\\": "\\(rs", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti", "\"": "\\(dq",
        "“": "\\(lq", "”": "\\(rq", "…": "...", "‹": "<", "›": ">", "·": "|", "→": "->", "’": "\\(cq",
    ]

    /// `text` within a line.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if let replacement = self.characters[scalar] {
                result += replacement
            } else if scalar.isASCII {
                result.unicodeScalars.append(scalar)
            } else {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result += "\\[u" + String(repeating: "0", count: max(4 - digits.count, 0)) + digits + "]"
            }
        }
        return result
    }

    /// `text` as lines of their own; a line that begins like a request is protected.
    static func lines(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { line in (line.first == "." || line.first == "'" ? "\\&" : "") + self.escaped(String(line)) + "\n" }
            .joined()
    }

    static func bold(_ text: String) -> String { "\\fB\(self.escaped(text))\\fR" }
    static func italic(_ text: String) -> String { "\\fI\(self.escaped(text))\\fR" }
}
