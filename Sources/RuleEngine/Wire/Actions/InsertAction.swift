import IMAPSession
import Yams

/// `insert: {argument: 2, value: "(\Seen)"}`: one more argument in front of the nth, or behind the last.
struct InsertAction: WireStep {
    static let name = "insert"
    static let subject = "commands and responses with arguments"
    let streams = false

    /// Nil: behind the last.
    private let number: Int?
    private let value: [UInt8]

    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError) {
        let node = try reader.operand(operand, Self.name)
        let keys = try reader.mapping(node, Self.name, keys: ["argument", "value"], shorthand: "value")
        guard let value = keys["value"] else { throw reader.failure(node, "insert has no “value:”") }
        self.value = try reader.linePart(value, "value")
        guard !self.value.isEmpty, !self.value.contains(UInt8(ascii: "{")) else {
            throw reader.failure(value, "insert takes arguments as they stand in a line, without a literal")
        }
        self.number = try keys["argument"].map { node throws(RuleFileError) in try reader.index(node, "argument") }
    }

    func accepts(_ message: Message) -> Bool { message.kind == .command || message.kind == .untagged && message.status == nil }

    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem) {
        guard let number else {
            // Behind a literal the line goes on, so the end of the message is the end of the last line.
            let end = message.contentEnd
            return edits.replace(end..<end, [0x20] + self.value)
        }
        let arguments = message.arguments
        guard number <= arguments.count else { throw WireProblem("the message has no argument \(number)") }
        let start = arguments[number - 1].whole.lowerBound
        edits.replace(start..<start, self.value + [0x20])
    }
}
