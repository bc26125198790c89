import IMAPSession
import Yams

/// `inject: ['* 7 EXPUNGE']`, `inject: {untagged: [...], at: before}`: untagged data of imapscope's own.
struct InjectAction: WireStep {
    static let name = "inject"
    static let subject = "responses, and commands with “at: after”"

    enum Place: String, CaseIterable { case before, after }

    let octets: [UInt8]
    let place: Place

    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError) {
        let node = try reader.operand(operand, Self.name)
        let keys = try reader.mapping(node, Self.name, keys: ["untagged", "at"], shorthand: "untagged")
        guard let untagged = keys["untagged"] else { throw reader.failure(node, "inject has no “untagged:”") }
        self.octets = try reader.untagged(untagged, "untagged")
        self.place =
            try keys["at"].map { node throws(RuleFileError) in try reader.choice(node, "at", Place.self) } ?? .after
    }

    func accepts(_ message: Message) -> Bool {
        switch message.kind {
        case .command: self.place == .after
        case .untagged, .tagged: true
        // Nothing can stand in front of the greeting (RFC 3501 section 7.1), nor between the lines of an authentication.
        case .greeting: self.place == .after
        case .sasl, .done, .cancel, .continuation, .unparsed: false
        }
    }

    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem) {
        edits.injections.append(
            WirePlan.Injection(self.place == .before ? .before : .after, self.octets, rule: edits.rule)
        )
    }
}
