import IMAPProtocol
import IMAPSession
import Yams

/// `answer: NO [NOPERM] read-only`, `answer: {untagged: [...], tagged: OK done, behind: [...]}`: a command never reaches
/// the server.
struct AnswerAction: WireStep {
    static let name = "answer"
    static let subject = "commands"

    let answer: WireAnswer

    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError) {
        let node = try reader.operand(operand, Self.name)
        let keys = try reader.mapping(
            node,
            Self.name,
            keys: ["tagged", "untagged", "behind"],
            shorthand: "tagged"
        )
        guard let tagged = keys["tagged"] else {
            throw reader.failure(node, "answer has no “tagged:”; “tagged: none” leaves the client waiting")
        }
        self.answer = WireAnswer(
            untagged: try keys["untagged"].map { node throws(RuleFileError) in try reader.untagged(node, "untagged") }
                ?? [],
            tagged: try Self.tagged(tagged, reader),
            behind: try keys["behind"].map { node throws(RuleFileError) in try reader.lines(node, "behind") } ?? []
        )
    }

    /// A status with its text; nil for `none`.
    private static func tagged(_ node: Node, _ reader: WireActionReader) throws(RuleFileError) -> String? {
        let octets = try reader.linePart(node, "tagged")
        let text = String(decoding: octets, as: UTF8.self)
        if text == "none" { return nil }
        guard ["OK ", "NO ", "BAD "].contains(where: text.hasPrefix) else {
            throw reader.failure(node, "tagged takes OK, NO or BAD and a text, without the tag, or “none”")
        }
        return text
    }

    func accepts(_ message: Message) -> Bool { message.kind == .command }

    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem) {
        guard !message.message.tag.isEmpty else { throw WireProblem("the command has no tag to answer") }
        edits.outcome = .answer(self.answer, rule: edits.rule)
    }
}
