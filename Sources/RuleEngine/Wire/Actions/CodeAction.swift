import IMAPSession
import Yams

/// `code: NOPERM`, `code: none`: sets or removes the response code of a status response.
struct CodeAction: WireStep {
    static let name = "code"
    static let subject = "status responses"

    /// Nil: removed.
    private let code: [UInt8]?

    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError) {
        let code = try reader.code(try reader.operand(operand, Self.name))
        self.code = code == Array("none".utf8) ? nil : code
    }

    func accepts(_ message: Message) -> Bool { message.status != nil }

    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem) {
        guard let line = message.statusLine else { throw WireProblem("the message has no status") }
        if let code {
            let bracketed = [0x5B] + code + [0x5D]
            if let old = line.code { return edits.replace(old, bracketed) }
            edits.replace(line.text.lowerBound..<line.text.lowerBound, bracketed + [0x20])
        } else if let old = line.code {
            // A line without text would not be one (RFC 3501 section 9, resp-text).
            let text = line.text.isEmpty ? Array(message.octets[line.word]) : []
            edits.replace(old.lowerBound..<line.text.lowerBound, text)
        }
    }
}
