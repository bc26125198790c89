import IMAPSession
import Yams

/// `delay: 200ms`, `delay: {of: 200ms, jitter: 50ms, seed: 1}`: the message leaves later.
struct DelayAction: WireStep {
    static let name = "delay"

    private let delay: Int64
    private let jitter: Int64
    let seed: UInt64?

    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError) {
        let node = try reader.operand(operand, Self.name)
        let keys = try reader.mapping(node, Self.name, keys: ["of", "jitter", "seed"], shorthand: "of")
        guard let delay = keys["of"] else { throw reader.failure(node, "delay has no “of:”") }
        self.delay = try reader.duration(delay, "of")
        self.jitter = try keys["jitter"].map { node throws(RuleFileError) in try reader.duration(node, "jitter") } ?? 0
        self.seed = try keys["seed"].map { node throws(RuleFileError) in UInt64(try reader.yaml.whole(node, "seed")) }
        if let jitter = keys["jitter"], self.seed == nil {
            throw reader.failure(jitter, "jitter takes a seed beside it, so that a run can be repeated", "seed: 1")
        }
    }

    func accepts(_ message: Message) -> Bool { true }

    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem) {
        // From so much less to so much more, never before it came.
        let drawn = self.jitter == 0 ? 0 : Int64((edits.chance.fraction() * 2 - 1) * Double(self.jitter))
        let delay = max(0, self.delay + drawn)
        edits.deliver { $0.delay = delay }
    }
}
