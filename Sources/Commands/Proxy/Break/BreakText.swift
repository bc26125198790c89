import Reporting
import Traffic

/// What the prompt shows.
enum BreakText {
    private static let mostLines = 24
    private static let longestLine = 1_000

    /// A message that waits, its secrets masked, fit for a terminal.
    static func message(_ message: WaitingMessage, remaining: Int?, others: Int) -> String {
        let peer = message.direction == .client ? "C" : "S"
        var lines = EditableText(message.octets, secrets: message.secrets).text
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        var text = "\n── #\(message.connection.number) waits ──\n"
        for (index, line) in lines.prefix(self.mostLines).enumerated() {
            text += index == 0 ? "\(peer): " : "   "
            text += TerminalText.escaped(String(line.prefix(self.longestLine)))
            if line.count > self.longestLine { text += " …" }
            text += "\n"
        }
        if lines.count > self.mostLines { text += "   … \(lines.count - self.mostLines) more lines\n" }
        text += BreakCommand.help + "\n"
        var facts: [String] = []
        if let remaining { facts.append("forwarded in \(remaining) s") }
        if others > 0 { facts.append("\(others) more wait\(others == 1 ? "s" : "")") }
        if !facts.isEmpty { text += "(" + facts.joined(separator: ", ") + ") " }
        return text
    }

    static let prompt = "> "

    static func verdict(_ verdict: BreakVerdict, _ message: WaitingMessage) -> String {
        switch verdict {
        case .forward: "forwarded"
        case .replace: "forwarded as edited"
        case .drop: message.isCommand ? "dropped; its client may wait for an answer" : "dropped"
        case .answer: "answered; the server does not see it"
        case .kill: "the session ends"
        }
    }

    static func expired(_ seconds: Int) -> String { "no decision within \(seconds) s: forwarded" }
    static let withdrawn = "it waits no longer: its session has ended"
    static let unchanged = "nothing was changed"
    static let unknownMask = "it names a mask that is not in the message; ‹masked 1› and its like stay or go"
    static let lateEdit = "too late: it has been forwarded as it was"

    static func refused(_ reason: String) -> String {
        "this cannot be sent: \(TerminalText.escaped(reason)); e edits again, what was typed is kept"
    }
}
