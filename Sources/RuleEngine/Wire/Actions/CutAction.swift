import IMAPSession
import Yams

/// `cut: {after: 100, in: literal, by: close}`: the connection ends within a message.
struct CutAction: WireStep {
    static let name = "cut"

    private let point: StopPoint
    private let end: Delivery.End

    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError) {
        let node = try reader.operand(operand, Self.name)
        let keys = try reader.mapping(node, Self.name, keys: StopPoint.keys + ["by"], shorthand: "after")
        self.point = try StopPoint(keys, reader)
        self.end =
            try keys["by"].map { node throws(RuleFileError) in try reader.choice(node, "by", Delivery.End.self) }
            ?? .close
    }

    func accepts(_ message: Message) -> Bool { true }

    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem) {
        self.point.plan(self.end, message, &edits)
    }
}
