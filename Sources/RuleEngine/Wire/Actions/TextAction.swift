import IMAPSession
import Yams

/// `text: come back tomorrow`: another text for people in a status response.
struct TextAction: WireStep {
    static let name = "text"
    static let subject = "status responses"

    private let text: [UInt8]

    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError) {
        self.text = try reader.prose(try reader.operand(operand, Self.name))
    }

    func accepts(_ message: Message) -> Bool { message.status != nil }

    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem) {
        guard let line = message.statusLine else { throw WireProblem("the message has no status") }
        edits.replace(line.text, self.text)
    }
}
