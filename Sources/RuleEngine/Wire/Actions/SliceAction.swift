import IMAPSession
import Yams

/// `slice: 1`, `slice: {octets: 1, pause: 10ms}`: no more than so many octets in one write.
struct SliceAction: WireStep {
    static let name = "slice"

    private let octets: Int
    private let pause: Int64

    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError) {
        let node = try reader.operand(operand, Self.name)
        let keys = try reader.mapping(node, Self.name, keys: ["octets", "pause"], shorthand: "octets")
        guard let octets = keys["octets"] else { throw reader.failure(node, "slice has no “octets:”") }
        self.octets = try reader.size(octets, "octets")
        guard self.octets > 0 else { throw reader.failure(octets, "slice takes one octet at least") }
        self.pause = try keys["pause"].map { node throws(RuleFileError) in try reader.duration(node, "pause") } ?? 0
    }

    func accepts(_ message: Message) -> Bool { true }

    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem) {
        edits.deliver {
            $0.slice = self.octets
            $0.pause = self.pause
        }
    }
}
