import IMAPProtocol
import IMAPWire
import Traffic

/// Reads whole messages by the grammar, and says where one does not follow it.
struct SyntaxCheck {
    private var parser: SyntaxParser

    init(limits: WireLimits) {
        self.parser = SyntaxParser(literalPrefix: limits.literalPrefix)
    }

    /// The first place at which `message` leaves the grammar; nil when it does not, and for lines that have no grammar of
    /// their own here: those of AUTHENTICATE, and what is no message at all.
    mutating func finding(_ message: Message, _ text: RawSpan) -> Finding? {
        let sentence: Sentence
        switch message.kind {
        case .command: sentence = .command
        case .greeting, .untagged, .tagged, .continuation: sentence = .response
        case .sasl, .done, .cancel, .unparsed: return nil
        }
        let isTruncated = message.truncated || !message.complete || message.literalRefused
        self.parser.parse(text, as: sentence, context: SyntaxContext(isTruncated: isTruncated))
        guard let problem = self.parser.tree.problems.first else { return nil }
        return .syntax(problem, in: message)
    }
}

extension Finding {
    static func syntax(_ problem: SyntaxProblem, in message: Message) -> Finding {
        var text = "does not follow the grammar: expected \(problem.expected.name)"
        // Neither what a secret holds nor where in it something stands may be told.
        if let secret = message.secrets.first(where: { problem.offset + 1 >= $0.range.lowerBound }) {
            text += " at or behind offset \(secret.range.lowerBound) of the message"
        } else {
            text += ", found \(problem.found.phrase) at offset \(problem.offset) of the message"
        }
        return Finding(
            id: "syntax",
            severity: .low,
            blame: message.direction == .client ? .client : .server,
            direction: message.direction,
            offset: message.offset,
            text: text,
            reference: "RFC 9051 section 9"
        )
    }
}
