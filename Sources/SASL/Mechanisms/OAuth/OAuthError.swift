/// What a server says when it refuses a token: a JSON object (RFC 7628 section 3.2.2).
struct OAuthError {
    private let members: JSONValue

    init(_ members: JSONValue) {
        self.members = members
    }

    var step: SASLStep {
        var parts: [String] = []
        var step = SASLStep("")
        for name in ["status", "schemes", "scope", "openid-configuration", "error", "error_description"] {
            guard let value = self.text(name) else { continue }
            step.note(name, value.utf8)
            parts.append("\(name) \(WireText.excerpt(WireText.escape(value.utf8), limit: 120))")
        }
        step.summary = parts.isEmpty ? "token refused" : "token refused: \(parts.joined(separator: ", "))"
        step.challenge = parts.joined(separator: ", ")
        if self.text("status") == nil {
            step.problems.append("OAuth error has no status (RFC 7628 section 3.2.2)")
        }
        return step
    }

    private func text(_ name: String) -> String? {
        switch self.members[name] {
        case .string(let text): text
        case .number(let digits): digits
        default: nil
        }
    }
}
