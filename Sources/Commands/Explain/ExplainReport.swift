import IMAPProtocol
import Reporting

/// Writes explanations, as text or as JSON, and remembers what nothing was known about.
final class ExplainReport {
    let format: ExplainFormat
    private let output: StandardOutput
    private let text: ExplanationText
    /// Something was written, so the next block is set off by an empty line.
    private var hasBegun = false
    private var unknown: [UnknownName] = []
    private var words = 0

    init(output: StandardOutput, format: ExplainFormat, isColored: Bool, width: Int) {
        self.output = output
        self.format = format
        self.text = ExplanationText(isColored: isColored, width: width)
    }

    func show(word: String, _ explanations: [Explanation]) {
        self.words += 1
        switch self.format {
        case .text:
            for explanation in explanations {
                self.beginBlock()
                self.output.write(self.text.block(explanation))
            }
        case .json:
            self.output.write(#"{"input":\#(JSONText.string(word)),"entries":\#(JSONText.list(explanations))}"# + "\n")
        }
    }

    func show(_ lines: ExplainedLines?) {
        guard let lines else { return }
        let parts = lines.parts.map { Explanation($0) }
        switch self.format {
        case .text:
            self.beginBlock()
            self.output.write(lines.rendered.span.bytes)
            self.output.write(self.text.table(parts))
        case .json:
            var objects = lines.rendered.split(separator: UInt8(ascii: "\n"))
            // One line of input may end one message and be another; the names belong to the last.
            let last = objects.popLast() ?? []
            for object in objects { self.writeMessage(object, []) }
            self.writeMessage(last, parts)
        }
    }

    private func writeMessage(_ object: ArraySlice<UInt8>, _ parts: [Explanation]) {
        self.output.write(#"{"message":"#)
        self.output.write(object.span.bytes)
        self.output.write(#","entries":\#(JSONText.list(parts))}"# + "\n")
    }

    func showUnknown(_ word: String, at place: Int) {
        self.words += 1
        let unknown = UnknownName(word, at: place)
        self.unknown.append(unknown)
        guard self.format == .json else { return }
        let suggestions = unknown.suggestions.map(JSONText.string).joined(separator: ",")
        self.output.write(#"{"input":null,"entries":[],"suggestions":[\#(suggestions)]}"# + "\n")
    }

    /// A list of names under a heading.
    func show(_ heading: String, _ explanations: [Explanation]) {
        switch self.format {
        case .text:
            self.beginBlock()
            self.output.write(self.text.list(heading, explanations))
        case .json:
            for explanation in explanations { self.output.write(JSONText.object(explanation) + "\n") }
        }
    }

    private func beginBlock() {
        if self.hasBegun { self.output.write("\n") }
        self.hasBegun = true
    }

    /// What to end with when a word was no name.
    var failure: Failure? { UnknownName.failure(self.unknown, of: self.words) }
}
