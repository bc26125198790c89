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
    ///
    /// - Parameter allowsUTF8: whether strings may hold UTF-8, ``EnabledExtensions/allowsUTF8``.
    mutating func finding(_ message: Message, _ text: RawSpan, allowsUTF8: Bool) -> Finding? {
        let sentence: Sentence
        switch message.kind {
        case .command: sentence = .command
        case .greeting, .untagged, .tagged, .continuation: sentence = .response
        case .sasl, .done, .cancel, .unparsed: return nil
        }
        let isTruncated = message.truncated || !message.complete || message.literalRefused
        self.parser.parse(text, as: sentence, context: SyntaxContext(utf8: allowsUTF8, isTruncated: isTruncated))
        if let problem = self.parser.tree.problems.first { return .syntax(problem, in: message) }
        // Elsewhere any octet above 0x7F is the quirk `eight-bit`.
        guard allowsUTF8, !isTruncated, self.parser.tree.toleranceKinds.contains(.invalidUTF8) else { return nil }
        return .invalidUTF8(at: self.parser.tree.tolerances.first { $0.tolerance == .invalidUTF8 }?.offset, in: message)
    }
}

extension Finding {
    static func syntax(_ problem: SyntaxProblem, in message: Message) -> Finding {
        var text = "does not follow the grammar: expected \(problem.expected.name)"
        if let start = Self.secret(before: problem.offset, in: message) {
            text += " at or behind offset \(start) of the message"
        } else {
            text += ", found \(problem.found.phrase) at offset \(problem.offset) of the message"
        }
        return .syntax(text, "RFC 9051 section 9", in: message)
    }

    /// A string that should be UTF-8; where it stands is nil when more deviations came before it than are listed.
    static func invalidUTF8(at offset: Int?, in message: Message) -> Finding {
        var text = "holds octets that are not UTF-8, although both sides agreed on it"
        if let offset {
            if let start = Self.secret(before: offset, in: message) {
                text += ", at or behind offset \(start) of the message"
            } else {
                text += ", in the string at offset \(offset) of the message"
            }
        }
        return .syntax(text, "RFC 9755 section 3", in: message)
    }

    /// Where a secret begins at or before `offset`: neither what it holds nor where in it something stands may be told.
    private static func secret(before offset: Int, in message: Message) -> Int? {
        message.secrets.first { offset + 1 >= $0.range.lowerBound }?.range.lowerBound
    }

    private static func syntax(_ text: String, _ reference: String, in message: Message) -> Finding {
        Finding(
            id: "syntax",
            severity: .low,
            blame: message.direction == .client ? .client : .server,
            direction: message.direction,
            offset: message.offset,
            text: text,
            reference: reference
        )
    }
}
