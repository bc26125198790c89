import IMAPSession
import Yams

/// `duplicate`: an untagged response comes twice: a fault.
struct DuplicateAction: WireStep {
    static let name = "duplicate"
    static let subject = "untagged responses"
    let streams = false

    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError) {
        guard operand == nil || operand?.scalar?.string.isEmpty == true else {
            throw reader.failure(operand, "duplicate takes no value")
        }
    }

    func accepts(_ message: Message) -> Bool { message.kind == .untagged }

    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem) {
        guard message.secrets.isEmpty else { throw WireProblem("a message that holds a secret is not said twice") }
        edits.injections.append(WirePlan.Injection(.after, Array(message.octets), rule: edits.rule))
        edits.isFault = true
    }
}
