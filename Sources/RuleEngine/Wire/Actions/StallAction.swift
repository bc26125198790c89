import IMAPSession
import Yams

/// `stall: {after: 100, in: literal}`: nothing more comes in this direction, and the connection stays.
struct StallAction: WireStep {
    static let name = "stall"

    private let point: StopPoint

    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError) {
        let keys: [String: Node] =
            operand == nil ? [:] : try reader.mapping(operand, Self.name, keys: StopPoint.keys, shorthand: "after")
        self.point = try StopPoint(keys, reader)
    }

    func accepts(_ message: Message) -> Bool { true }

    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem) {
        self.point.plan(.stall, message, &edits)
    }
}
