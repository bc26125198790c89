import IMAPSession
import Yams

/// `drop`: a message is not sent. Whoever waits for it waits on: a fault.
struct DropAction: WireStep {
    static let name = "drop"

    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError) {
        guard operand == nil || operand?.scalar?.string.isEmpty == true else {
            throw reader.failure(operand, "drop takes no value")
        }
    }

    func accepts(_ message: Message) -> Bool { true }

    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem) {
        edits.outcome = .drop(rule: edits.rule)
    }
}
