import IMAPProtocol
import Traffic

/// What a piece of input is: a name, or a line of one of the peers.
enum ExplainInput: Hashable {
    case word(String)
    case line(String, Direction)

    init(_ text: String, source: Direction?) {
        if let (rest, direction) = Self.withoutMark(text) {
            self = .line(rest, direction)
        } else if Self.isServerLine(text) {
            self = .line(text, source ?? .server)
        } else if !text.contains(" ") || !Explanation.all(for: text).isEmpty {
            self = .word(text)
        } else {
            self = .line(text, source ?? .client)
        }
    }

    /// The arguments of a command line: a line that the shell took apart is put together again.
    static func inputs(_ arguments: [String], source: Direction?) -> [ExplainInput] {
        guard arguments.count > 1 else { return arguments.map { ExplainInput($0, source: source) } }
        let joined = arguments.joined(separator: " ")
        let begins = arguments[0]
        // Each of the words `UID`, `*` and `+` is a name too, but what follows them tells what is meant.
        if begins == "*" || begins == "+" { return [ExplainInput(joined, source: source)] }
        if begins.uppercased() == "UID", arguments.count == 2, !Registry.rows(matching: joined).isEmpty {
            return [.word(joined)]
        }
        let areNames = arguments.allSatisfy { !Explanation.all(for: $0).isEmpty || $0.contains(" ") }
        if !areNames, Self.isServerLine(joined) || Self.isCommand(joined) {
            return [ExplainInput(joined, source: source)]
        }
        return arguments.map { ExplainInput($0, source: source) }
    }

    /// `C: ` or `S: `, as transcripts have it.
    private static func withoutMark(_ text: String) -> (String, Direction)? {
        let text = text.drop { $0 == " " }
        if text.hasPrefix("C: ") { return (String(text.dropFirst(3)), .client) }
        if text.hasPrefix("S: ") { return (String(text.dropFirst(3)), .server) }
        return nil
    }

    /// `* ...`, `+ ...` or `tag OK ...`
    static func isServerLine(_ text: String) -> Bool {
        if text.hasPrefix("* ") || text.hasPrefix("+ ") { return true }
        let words = text.split(separator: " ", maxSplits: 2)
        return words.count > 1 && ["OK", "NO", "BAD"].contains(words[1].uppercased())
    }

    /// `tag SELECT ...` or `tag UID FETCH ...`
    private static func isCommand(_ text: String) -> Bool {
        let words = text.split(separator: " ", maxSplits: 3)
        return words.count > 1 && Registry.row(.command, String(words[1])) != nil
    }
}
