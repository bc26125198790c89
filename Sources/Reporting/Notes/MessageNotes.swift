import IMAPProtocol
import IMAPSession
import IMAPWire
import SASL
import Traffic

/// What a person is told about a message, beside its octets.
struct MessageNotes {
    private var annotator: Annotator
    private var memory = NoteMemory()

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
        switch self.find(message, masked: masked, text: text, exchanges: exchanges) {
        case .nothing: nil
        case .words(let words): words
        case .sentence(let place):
            self.withSentence(place) { octets in
                octets.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
            }
        }
    }

    /// Writes `before`, the note as a JSON string, or nothing at all when there is nothing to say.
    mutating func write(
        _ message: Message,
        masked: [SecretRange],
        text: RawSpan,
        exchanges: OpenExchanges,
        before: StaticString,
        to writer: inout ByteWriter
    ) {
        switch self.find(message, masked: masked, text: text, exchanges: exchanges) {
        case .nothing: break
        case .words(let words):
            guard !words.isEmpty else { return }
            writer.append(before)
            writer.append(prose: words)
        case .sentence(let place):
            writer.append(before)
            writer.append(UInt8(ascii: "\""))
            self.withSentence(place) { writer.append($0, escaped: .jsonProse) }
            writer.append(UInt8(ascii: "\""))
        }
    }

    /// Writes the note as a line of its own, or nothing at all when there is nothing to say.
    mutating func writeLine(
        _ message: Message,
        masked: [SecretRange],
        text: RawSpan,
        exchanges: OpenExchanges,
        to page: inout TextPage
    ) {
        switch self.find(message, masked: masked, text: text, exchanges: exchanges) {
        case .nothing: break
        case .words(let words):
            if !words.isEmpty { NoteLine(parts: [words], findings: []).write(to: &page) }
        case .sentence(let place):
            page.beginIndentedLine()
            page.role(.note)
            self.withSentence(place) { page.append(escaping: $0) }
            page.endLine()
        }
    }

    /// Where a note is found.
    private enum Found {
        case nothing
        /// Kept by the memory at this place, or made by the annotator, which keeps it.
        case sentence(Int?)
        case words(String)

        init(_ words: String?) {
            self = words.map { .words($0) } ?? .nothing
        }
    }

    private func withSentence<Result>(_ place: Int?, _ body: (RawSpan) -> Result) -> Result {
        if let place { self.memory.withNote(at: place, body) } else { self.annotator.withSentence(body) }
    }

    private mutating func find(
        _ message: Message,
        masked: [SecretRange],
        text: RawSpan,
        exchanges: OpenExchanges
    ) -> Found {
        self.annotator.knownUIDs = message.uids
        if let step = message.sasl {
            return Found(MessageNotes.note(step.summary, problems: step.problems.map(\.text)))
        }
        let hidden = masked.isEmpty ? [] : masked.map(\.range)
        let isSaid: Bool
        switch message.kind {
        case .command:
            isSaid = self.annotator.describe(command: text, masked: hidden)
        case .greeting:
            return self.response(message, text, hidden, answering: nil, isUID: false)
        case .untagged, .tagged:
            let completed = message.completes
            let exchange = completed == nil ? exchanges.entry(message.exchange) : nil
            return self.response(
                message,
                text,
                hidden,
                answering: completed?.command ?? exchange?.command,
                isUID: completed?.isUID ?? exchange?.isUID ?? false
            )
        case .continuation:
            return self.continuation(message, text: text, exchange: exchanges.entry(message.exchange))
        case .sasl: return .nothing
        case .done: return .words("ends IDLE")
        case .cancel: return .words("cancels the authentication")
        case .unparsed: return .words(message.direction == .client ? "not a command" : "not a response")
        }
        return isSaid ? .sentence(nil) : .nothing
    }

    private mutating func response(
        _ message: Message,
        _ text: RawSpan,
        _ hidden: [Range<Int>],
        answering: Command?,
        isUID: Bool
    ) -> Found {
        let key = hidden.isEmpty ? NoteMemory.key(message, text, answering: answering, isUID: isUID) : nil
        if let key, let place = self.memory.find(key, text) {
            return self.memory.isEmpty(at: place) ? .nothing : .sentence(place)
        }
        let isSaid = self.annotator.describe(
            response: text,
            masked: hidden,
            answering: answering,
            isUID: isUID,
            isGreeting: message.kind == .greeting
        )
        if let key {
            if isSaid {
                self.annotator.withSentence { self.memory.insert($0, key, text) }
            } else {
                self.memory.insert(RawSpan(), key, text)
            }
        }
        return isSaid ? .sentence(nil) : .nothing
    }

    private mutating func continuation(_ message: Message, text: RawSpan, exchange: OpenExchanges.Entry?) -> Found {
        switch exchange?.command {
        case .authenticate: self.annotator.describe(continuation: text, waiting: .sasl) ? .sentence(nil) : .nothing
        case .idle: self.annotator.describe(continuation: text, waiting: .idle) ? .sentence(nil) : .nothing
        // The announcement itself belongs to a command that is not complete before its literal is: its size is
        // shown there.
        case .some: .words("the server is ready for the literal")
        case nil: message.exchange == 0 ? .nothing : .words("the server is ready for the literal")
        }
    }

    private static func note(_ summary: String, problems: [String]) -> String? {
        if problems.isEmpty { return summary.isEmpty ? nil : summary }
        return ([summary] + problems).filter { !$0.isEmpty }.joined(separator: " · ")
    }

    /// Facts about how the message was carried, for the note line.
    static func framing(_ message: Message) -> [String] {
        var parts: [String] = []
        // Nearly all.
        if message.complete, message.quirks.isEmpty, !message.literalRefused, !message.truncated { return parts }
        if !message.quirks.isEmpty {
            for (quirk, name) in WireQuirks.names where message.quirks.contains(quirk) { parts.append("quirk \(name)") }
        }
        if message.literalRefused { parts.append("the server refused the literal, it was never sent") }
        if message.truncated { parts.append("too long to be shown whole") }
        if !message.complete {
            let missing = message.missingLiteralOctets
            let isCut = message.findings.contains { $0.id == "cut-by-gap" }
            parts.append(
                isCut
                    ? "incomplete"
                    : missing == 0
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
