import IMAPSession
import Yams

/// A message waits for a person. No rule file asks for it: `--break FILTER` does.
struct BreakAction: WireStep {
    static let name = "break"
    let streams = false

    init() {}

    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError) {
        throw reader.failure(operand, "a rule file cannot make messages wait for a person; --break FILTER does")
    }

    func accepts(_ message: Message) -> Bool { true }

    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem) { edits.breaks = true }
}
