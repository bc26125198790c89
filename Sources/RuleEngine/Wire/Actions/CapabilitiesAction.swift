import IMAPSession
import Yams

/// `capabilities: {remove: [IDLE], add: [XTEST]}`: what the client is shown; what it may use stays as it is.
struct CapabilitiesAction: WireStep {
    static let name = "capabilities"
    static let subject = "capability lists"

    let change: CapabilityChange

    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError) {
        let node = try reader.operand(operand, Self.name)
        let keys = try reader.mapping(node, Self.name, keys: ["remove", "add"])
        guard !keys.isEmpty else { throw reader.failure(node, "capabilities takes “remove:”, “add:”, or both") }
        var change = CapabilityChange()
        if let remove = keys["remove"] { change.removes = try Self.patterns(remove, reader) }
        if let add = keys["add"] { change.adds = try reader.words(add, "add") }
        self.change = change
    }

    static func patterns(_ node: Node, _ reader: WireActionReader) throws(RuleFileError) -> [CapabilityPattern] {
        try reader.words(node, "the list").map { word throws(RuleFileError) in
            guard word.uppercased() != "LOGINDISABLED" else {
                throw reader.failure(node, "LOGINDISABLED is never removed: clients would send passwords in the clear")
            }
            return CapabilityPattern(word)
        }
    }

    func accepts(_ message: Message) -> Bool { CapabilityChange.accepts(message) }

    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem) {
        self.change.plan(message, &edits)
    }
}
