import IMAPProtocol
import IMAPSession
import IMAPWire

struct LiteralReadAsCommands: Check {
    static let description = CheckDescription(
        id: "P01",
        name: "literal-read-as-commands",
        severity: .high,
        reference: "RFC 7888 section 3, CVE-2026-47240",
        summary: "the server refused a literal and read its octets as commands",
        rationale:
            "What a user can put into a literal, a message or a search word, becomes commands in the session of that user.",
        remedy:
            "Send literals without waiting only where LITERAL+ or LITERAL- is offered; let the server swallow or close.",
        adopts: ["refused-literal-sent"]
    )
    static let moments: Moments = [.command, .completion]

    /// First words of the lines of the last literals: tags, if the server reads them as commands.
    private var candidates: Set<String> = []

    mutating func look(at moment: Moment, _ audit: Audit) {
        switch moment {
        case .command(let message):
            guard !message.literals.isEmpty else { return }
            if self.candidates.count > Self.limit { self.candidates.removeAll() }
            // CR LF is one character.
            for line in audit.words(0..<audit.text.count).split(whereSeparator: \.isNewline).dropFirst() {
                guard let word = line.split(separator: " ", maxSplits: 1).first, line.contains(" "), word.count <= 32
                else { continue }
                self.candidates.insert(String(word))
                if self.candidates.count > Self.limit { break }
            }
        case .completion(let message, nil):
            let tag = audit.words(message.tag)
            guard self.candidates.contains(tag) else { return }
            audit.report(
                "the server completes tag \(tag), which stood inside a literal: it read the literal as commands",
                blame: .server
            )
        default: return
        }
    }

    private static let limit = 64
}
