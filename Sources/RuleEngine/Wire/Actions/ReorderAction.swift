import IMAPSession
import Yams

/// `reorder`: an untagged response leaves behind the server's next message: a fault. Without a next one it is lost.
struct ReorderAction: WireStep {
    static let name = "reorder"
    static let subject = "untagged responses"
    let streams = false

    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError) {
        guard operand == nil || operand?.scalar?.string.isEmpty == true else {
            throw reader.failure(operand, "reorder takes no value")
        }
    }

    func accepts(_ message: Message) -> Bool { message.kind == .untagged }

    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem) {
        guard message.secrets.isEmpty else { throw WireProblem("a message that holds a secret keeps its place") }
        edits.outcome = .drop(rule: edits.rule)
        edits.defers = true
        edits.isFault = true
    }
}
