import IMAPSession
import Traffic
import Yams

/// `rewrite: ['* OK something else']`: other lines in a server message's place, whatever they are: a fault.
struct RewriteAction: WireStep {
    static let name = "rewrite"
    static let subject = "messages of the server"
    let streams = false

    private let octets: [UInt8]

    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError) {
        let node = try reader.operand(operand, Self.name)
        self.octets = try reader.lines(node, Self.name)
        guard Framing.messages(self.octets.span.bytes, .server) != nil else {
            throw reader.failure(node, "rewrite takes whole lines: a literal is missing octets")
        }
    }

    func accepts(_ message: Message) -> Bool { message.direction == .server }

    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem) {
        edits.replace(0..<message.octets.count, self.octets)
        edits.isFault = true
    }
}
