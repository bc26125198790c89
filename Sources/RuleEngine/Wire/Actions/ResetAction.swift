import IMAPSession
import Yams

/// `reset: {after: 100, in: literal}`: the connection is reset within a message.
struct ResetAction: WireStep {
    static let name = "reset"

    private let point: StopPoint

    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError) {
        let keys: [String: Node] =
            operand == nil ? [:] : try reader.mapping(operand, Self.name, keys: StopPoint.keys, shorthand: "after")
        self.point = try StopPoint(keys, reader)
    }

    func accepts(_ message: Message) -> Bool { true }

    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem) {
        self.point.plan(.reset, message, &edits)
    }
}
