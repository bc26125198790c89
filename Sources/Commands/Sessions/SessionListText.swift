import Reporting
import SessionStore
import Traffic

/// The list of a store's sessions for people.
struct SessionListText {
    private let rows: [SessionRow]
    private let isTerminal: Bool

    init(_ rows: [SessionRow], isTerminal: Bool) {
        self.rows = rows
        self.isTerminal = isTerminal
    }

    private static let head = [
        "#", "began", "lasted", "client", "server", "user", "commands", "NO/BAD", "findings", "octets",
    ]
    /// Columns of numbers stand right.
    private static let numbers: Set<Int> = [0, 6, 7, 8, 9]

    var text: String {
        guard !self.rows.isEmpty else { return "no session meets this\n" }
        let cells = [Self.head] + self.rows.map(self.cells)
        let widths = Self.head.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        var text = ""
        for (index, line) in cells.enumerated() {
            let columns = line.indices.map { column in
                let space = String(repeating: " ", count: widths[column] - line[column].count)
                return Self.numbers.contains(column) ? space + line[column] : line[column] + space
            }
            var rendered = columns.joined(separator: "  ")
            while rendered.last == " " { rendered.removeLast() }
            text += (index == 0 && self.isTerminal ? "\u{1B}[1m\(rendered)\u{1B}[0m" : rendered) + "\n"
            guard index > 0 else { continue }
            let row = self.rows[index - 1]
            let indent = String(repeating: " ", count: widths[0] + 2)
            if !row.tags.isEmpty {
                text += indent + row.tags.map { "[\(TerminalText.escaped($0))]" }.joined(separator: " ") + "\n"
            }
            if let comment = row.comment { text += indent + "“\(TerminalText.escaped(comment))”\n" }
        }
        return text
    }

    private func cells(_ row: SessionRow) -> [String] {
        [
            String(row.number),
            TimeText.utc(row.began),
            row.ended.map { TimeText.duration($0.since(row.began)) } ?? "cut",
            TerminalText.escaped(row.client),
            TerminalText.escaped(row.server),
            row.user.map { TerminalText.escaped($0) } ?? "-",
            String(row.exchanges),
            String(row.refused),
            String(row.findings),
            TimeText.octets(UInt64(clamping: (row.clientOctets ?? 0) + (row.serverOctets ?? 0))),
        ]
    }
}
