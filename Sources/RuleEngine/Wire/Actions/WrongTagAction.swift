import IMAPSession
import Yams

/// `wrong-tag: x9`: a completion with a tag that no command has: a fault.
struct WrongTagAction: WireStep {
    static let name = "wrong-tag"
    static let subject = "tagged responses"

    private let tag: [UInt8]

    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError) {
        let node = try reader.operand(operand, Self.name)
        self.tag = try reader.linePart(node, Self.name)
        guard WireMessage.isAtom(self.tag), !self.tag.contains(UInt8(ascii: "+")) else {
            throw reader.failure(node, "wrong-tag takes a tag: letters and digits")
        }
    }

    func accepts(_ message: Message) -> Bool { message.kind == .tagged }

    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem) {
        edits.replace(message.message.tag, self.tag)
        edits.isFault = true
    }
}
