import IMAPProtocol
import IMAPSession
import IMAPWire
import SASL
import Traffic

/// What a person is told about a message, beside its octets.
struct MessageNotes {
    private var annotator: Annotator

    init(literalPrefix: Int) {
        self.annotator = Annotator(literalPrefix: literalPrefix)
    }

    /// The plain-English note, or nil when there is nothing to say.
    mutating func note(
        _ message: Message,
        masked: [SecretRange],
        text: RawSpan,
        exchanges: OpenExchanges
    ) -> String? {
        self.annotator.uids = message.uids
        if let step = message.sasl { return MessageNotes.note(step.summary, problems: step.problems) }
        switch message.kind {
        case .command:
            return self.annotator.command(text, masked: masked.isEmpty ? [] : masked.map(\.range))
        case .greeting:
            return self.annotator.response(text, answering: nil, isUID: false, isGreeting: true)
        case .untagged, .tagged:
            let exchange = message.completes == nil ? exchanges.entry(message.exchange) : nil
            return self.annotator.response(
                text,
                answering: message.completes?.command ?? exchange?.command,
                isUID: message.completes?.isUID ?? exchange?.isUID ?? false,
                isGreeting: false
            )
        case .continuation:
            return self.continuation(message, text: text, exchange: exchanges.entry(message.exchange))
        case .sasl: return nil
        case .done: return "ends IDLE"
        case .cancel: return "cancels the authentication"
        case .unparsed: return message.direction == .client ? "not a command" : "not a response"
        }
    }

    private mutating func continuation(_ message: Message, text: RawSpan, exchange: OpenExchanges.Entry?) -> String? {
        switch exchange?.command {
        case .authenticate: self.annotator.continuation(text, waiting: .sasl)
        case .idle: self.annotator.continuation(text, waiting: .idle)
        // The announcement itself belongs to a command that is not complete before its literal is: its size is
        // shown there.
        case .some: "the server is ready for the literal"
        case nil: message.exchange == 0 ? nil : "the server is ready for the literal"
        }
    }

    private static func note(_ summary: String, problems: [String]) -> String? {
        if problems.isEmpty { return summary.isEmpty ? nil : summary }
        return ([summary] + problems).filter { !$0.isEmpty }.joined(separator: " · ")
    }

    /// Facts about how the message was carried, for the note line.
    static func framing(_ message: Message) -> [String] {
        var parts: [String] = []
        if !message.quirks.isEmpty {
            for (quirk, name) in WireQuirks.names where message.quirks.contains(quirk) { parts.append("quirk \(name)") }
        }
        if message.literalRefused { parts.append("the server refused the literal, it was never sent") }
        if message.truncated { parts.append("too long to be shown whole") }
        if !message.complete {
            let missing = message.missingLiteralOctets
            parts.append(
                missing == 0
                    ? "incomplete, the stream ended"
                    : "incomplete, the stream ended with \(String(rendering: { $0.append(octets: missing) })) of a literal missing"
            )
        }
        return parts
    }
}

extension Message {
    /// How many octets of its last literal never came, in a message that broke off.
    var missingLiteralOctets: UInt64 {
        guard !self.complete, !self.literalRefused, let literal = self.literals.last else { return 0 }
        return literal.size - min(literal.size, literal.received)
    }
}
