import IMAPSession
import Yams

/// `tls: {stop: stall, leg: client}`: a handshake does not come to its end.
struct TLSAction: WireStep {
    static let name = "tls"
    static let subject = "handshakes"

    let leg: HandshakeFault.Leg
    let end: HandshakeFault.End
    let isBesideMessages = true

    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError) {
        let node = try reader.operand(operand, Self.name)
        let keys = try reader.mapping(node, Self.name, keys: ["stop", "leg"])
        guard let stop = keys["stop"] else { throw reader.failure(node, "tls has no “stop:”") }
        self.end = try reader.choice(stop, "stop", HandshakeFault.End.self)
        self.leg =
            try keys["leg"].map { node throws(RuleFileError) in
                try reader.choice(node, "leg", HandshakeFault.Leg.self)
            } ?? .client
    }

    func accepts(_ message: Message) -> Bool { false }

    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem) {}
}
