/// Explanations as JSON (RFC 8259).
enum JSONText {
    static func list(_ explanations: [Explanation]) -> String {
        "[" + explanations.map(self.object).joined(separator: ",") + "]"
    }

    static func object(_ explanation: Explanation) -> String {
        let fields = [
            ("kind", self.string(explanation.kind)),
            ("name", self.string(explanation.name)),
            ("meaning", self.string(explanation.meaning)),
            ("shape", self.optional(explanation.shape)),
            ("reference", self.string(explanation.reference)),
            ("title", self.optional(explanation.title)),
            ("also", self.optional(explanation.also)),
            ("vendor", self.optional(explanation.vendor)),
            ("states", self.list(explanation.states)),
            ("remark", self.optional(explanation.remark)),
            ("capabilities", self.list(explanation.capabilities)),
            ("brings", self.list(explanation.brings)),
            ("related", self.list(explanation.related)),
            ("known_for", self.list(explanation.knownFor)),
            ("reports", self.list(explanation.reports)),
        ]
        return "{" + fields.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }

    private static func list(_ texts: [String]) -> String {
        "[" + texts.map(self.string).joined(separator: ",") + "]"
    }

    private static func optional(_ text: String?) -> String { text.map(self.string) ?? "null" }

    /// A string in quotes; controls, and what turns the direction of text, are escaped.
    static func string(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x22, 0x5C: result += "\\" + String(Character(scalar))
            case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
