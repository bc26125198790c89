/// A line that somebody wrote, and the part of it that is wrong.
public struct ErrorExcerpt: Sendable, Hashable {
    /// How much of a long line is shown around what is wrong.
    private static let width = 70

    public var text: String
    /// The first wrong character, counted from 1; one past the end when something is missing there.
    public var column: Int
    public var length: Int

    public init(text: String, column: Int, length: Int) {
        self.text = text
        self.column = column
        self.length = length
    }

    /// The line, and a mark beneath what is wrong.
    ///
    ///     comand == LOGIN
    ///     ^~~~~~
    func write(to writer: inout ByteWriter) {
        let characters = Array(self.text)
        let wrong = min(max(self.column - 1, 0), characters.count)
        // A long filter is cut at the left, so that what is wrong can be seen.
        let first = max(0, wrong - Self.width / 2)
        let shown = characters[first..<min(characters.count, first + Self.width)]
        writer.append("    ")
        if first > 0 { writer.append("…") }
        // A character is one column here; what would be drawn otherwise is shown as `?`.
        for character in shown {
            let isPlain = character.unicodeScalars.count == 1 && !character.unicodeScalars.contains { $0.value < 0x20 }
            writer.append(isPlain ? String(character) : "?", escaped: .terminal)
        }
        writer.append("\n    ")
        writer.append(UInt8(ascii: " "), times: wrong - first + (first > 0 ? 1 : 0))
        writer.append("^")
        let last = min(wrong + self.length, first + Self.width, characters.count)
        writer.append(UInt8(ascii: "~"), times: max(0, last - wrong - 1))
        writer.append("\n")
    }
}
