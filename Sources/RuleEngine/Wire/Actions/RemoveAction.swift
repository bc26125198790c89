import IMAPSession
import Yams

/// `remove: {argument: 2}`: an argument goes, with the space in front of it.
struct RemoveAction: WireStep {
    static let name = "remove"
    static let subject = "commands and responses with arguments"
    let streams = false

    private let number: Int

    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError) {
        let node = try reader.operand(operand, Self.name)
        let keys = try reader.mapping(node, Self.name, keys: ["argument"], shorthand: "argument")
        guard let number = keys["argument"] else { throw reader.failure(node, "remove has no “argument:”") }
        self.number = try reader.index(number, "argument")
    }

    func accepts(_ message: Message) -> Bool { message.kind == .command || message.kind == .untagged && message.status == nil }

    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem) {
        let arguments = message.arguments
        guard self.number <= arguments.count else { throw WireProblem("the message has no argument \(self.number)") }
        let range = arguments[self.number - 1].whole
        let isAfterSpace = range.lowerBound > 0 && message.octets[range.lowerBound - 1] == 0x20
        edits.replace((isAfterSpace ? range.lowerBound - 1 : range.lowerBound)..<range.upperBound, [])
    }
}
