import IMAPSession
import Yams

/// `bandwidth: 10kB`: octets a second.
struct BandwidthAction: WireStep {
    static let name = "bandwidth"

    private let rate: Int

    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError) {
        let node = try reader.operand(operand, Self.name)
        self.rate = try reader.size(node, Self.name)
        guard self.rate > 0 else { throw reader.failure(node, "bandwidth takes octets a second, one at least") }
    }

    func accepts(_ message: Message) -> Bool { true }

    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem) {
        edits.deliver { $0.rate = self.rate }
    }
}
