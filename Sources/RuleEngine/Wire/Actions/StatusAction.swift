import IMAPProtocol
import IMAPSession
import Yams

/// `status: {as: NO, code: INUSE, text: try later}`: another outcome than the server's.
struct StatusAction: WireStep {
    static let name = "status"
    static let subject = "status responses"

    enum Word: String, CaseIterable {
        case ok = "OK"
        case no = "NO"
        case bad = "BAD"
        case bye = "BYE"
        case preauth = "PREAUTH"
    }

    private let word: Word
    private let code: [UInt8]?
    private let text: [UInt8]?

    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError) {
        let node = try reader.operand(operand, Self.name)
        let keys = try reader.mapping(node, Self.name, keys: ["as", "code", "text"], shorthand: "as")
        guard let word = keys["as"] else { throw reader.failure(node, "status has no “as:”") }
        self.word = try reader.choice(word, "as", Word.self)
        self.code = try keys["code"].map { node throws(RuleFileError) in try reader.code(node) }
        self.text = try keys["text"].map { node throws(RuleFileError) in try reader.prose(node) }
    }

    func accepts(_ message: Message) -> Bool {
        guard message.status != nil else { return false }
        // RFC 3501 section 7.1.4: PREAUTH is a greeting and nothing else.
        return self.word != .preauth || message.kind == .greeting
    }

    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem) {
        guard let line = message.statusLine else { throw WireProblem("the message has no status") }
        let text = self.text ?? Array(message.octets[line.text])
        var rest = self.code.map { [0x5B] + $0 + [0x5D, 0x20] } ?? []
        rest += text.isEmpty ? Array(self.word.rawValue.utf8) : text
        let octets = Array(self.word.rawValue.utf8) + [0x20] + rest
        guard self.word == .bye, message.message.kind == .tagged else {
            return edits.replace(line.word.lowerBound..<message.contentEnd, octets)
        }
        // BYE has no tag: it comes in the completion's place (RFC 3501 section 7.1.5).
        edits.outcome = .drop(rule: edits.rule)
        edits.injections.append(
            WirePlan.Injection(.before, [0x2A, 0x20] + octets + [0x0D, 0x0A], rule: edits.rule)
        )
    }
}

extension WireActionReader {
    /// What stands between the brackets of a response code.
    func code(_ node: Node) throws(RuleFileError) -> [UInt8] {
        let octets = try self.linePart(node, "code")
        guard let first = octets.first, first > 0x20, !octets.contains(UInt8(ascii: "]")) else {
            throw self.failure(node, "code takes what stands between the brackets: ALERT, UIDVALIDITY 1")
        }
        return octets
    }

    /// Text for people. It cannot be empty, and must not look like a code (RFC 3501 section 9, resp-text).
    func prose(_ node: Node) throws(RuleFileError) -> [UInt8] {
        let octets = try self.linePart(node, "text")
        guard let first = octets.first, first != UInt8(ascii: "["), octets.last != UInt8(ascii: "}") else {
            throw self.failure(node, "text takes words that do not begin with “[” or end in “}”; a code goes into “code:”")
        }
        return octets
    }
}
