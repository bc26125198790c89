/// What a person types at the prompt.
enum BreakCommand: Sendable, Hashable {
    case forward
    case edit
    case drop
    case answer(String)
    case kill
    /// Nothing to do yet: a line of explanation.
    case explain(String)

    static let help = "f forward · e edit · d drop · k kill the session · a TEXT answer the client: a NO [NOPERM] no"

    /// Words may be cut short; nothing typed sends nothing, so that a key pressed too often does no harm.
    init(_ line: String, isCommand: Bool) {
        let words = line.split(maxSplits: 1) { $0 == " " || $0 == "\t" }
        guard let word = words.first?.lowercased() else {
            self = .explain(Self.help)
            return
        }
        let rest = words.count == 2 ? Self.trimmed(words[1]) : ""
        switch ["forward", "edit", "drop", "answer", "kill"].first(where: { $0.hasPrefix(word) }) {
        case "answer": self = isCommand ? Self.completion(rest) : .explain("only a client's command can be answered")
        case _ where !rest.isEmpty: self = .explain("there is nothing like “\(line)”: \(Self.help)")
        case "forward": self = .forward
        case "edit": self = .edit
        case "drop": self = .drop
        case "kill": self = .kill
        default: self = .explain("there is nothing like “\(line)”: \(Self.help)")
        }
    }

    /// The rest of a tagged status response (RFC 9051 section 7.1).
    private static func completion(_ text: String) -> BreakCommand {
        let status = text.prefix { $0 != " " }.uppercased()
        guard ["OK", "NO", "BAD"].contains(status), text.contains(" "),
            text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) })
        else { return .explain("an answer begins with OK, NO or BAD and has a text in ASCII: a NO [NOPERM] not today") }
        return .answer(text)
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return String(text)
    }
}
