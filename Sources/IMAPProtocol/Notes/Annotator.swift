public import IMAPWire
import Traffic

/// Writes one sentence about a message for a person: lower-case, short, without a full stop.
///
/// One is kept for a whole session. It holds a ``Tokenizer`` and the buffer of the sentence; a note costs one
/// allocation, its string.
public struct Annotator: Sendable {
    /// How deep search keys are explained; deeper ones become `…`.
    static let searchNesting = 50
    /// How many members of a list are named before "and 12 more".
    static let listed = 8
    /// How many characters of a text from the wire are shown.
    static let shownCharacters = 60

    var tokenizer: Tokenizer
    var prose = Prose()
    /// The UIDs of sequence numbers in the next message, for whoever knows them.
    public var uids = KnownUIDs()
    /// The overwritten ranges of the command at hand.
    var masked: [Range<Int>] = []

    public init(literalPrefix: Int = WireLimits.standard.literalPrefix) {
        self.tokenizer = Tokenizer(literalPrefix: literalPrefix)
    }

    /// What a command asks for; nil when there is nothing to say.
    ///
    /// - Parameters:
    ///   - text: the message's text, secrets already overwritten with `*`.
    ///   - masked: the overwritten ranges, so that a masked password is called masked and never quoted.
    public mutating func command(_ text: RawSpan, masked: [Range<Int>]) -> String? {
        self.prose.reset()
        self.masked = masked
        defer { self.masked = [] }
        guard let line = CommandLine(text, tokenizer: &self.tokenizer), !line.name.isEmpty else { return nil }
        self.tokenizer.reset(to: line.arguments)
        if let command = line.command {
            self.explain(command, isUID: line.isUID, text)
        } else {
            self.prose.add("unknown command ")
            self.bare(text, line.name)
        }
        return self.prose.finish()
    }

    /// What a response says; nil when there is nothing to say.
    ///
    /// - Parameters:
    ///   - answering: the command in progress that it answers.
    ///   - isUID: that command stood behind the word UID.
    ///   - isGreeting: it is the first line of the server.
    public mutating func response(
        _ text: RawSpan,
        answering: Command?,
        isUID: Bool,
        isGreeting: Bool
    ) -> String? {
        self.prose.reset()
        let line = ResponseLine(text)
        self.tokenizer.reset(to: line.arguments)
        switch line.kind {
        case .tagged:
            if let status = line.status { self.tagged(status, answering: answering, text, from: line.arguments) }
        case .untagged:
            if isGreeting, let status = line.status {
                self.greeting(status, text, from: line.arguments)
            } else {
                self.untagged(line, text, isUID: isUID)
            }
        case .continuation, .unparsed:
            return nil
        }
        return self.prose.finish()
    }

    /// What a continuation request means.
    ///
    /// - Parameter waiting: what the client waits for.
    public mutating func continuation(_ text: RawSpan, waiting: ContinuationReason) -> String? {
        self.prose.reset()
        switch waiting {
        case .literal(let size):
            self.prose.add("go ahead with the literal of ")
            self.prose.counted(size, "octet", "octets")
        case .idle:
            self.prose.add("idling; changes will be reported as they happen")
        case .sasl:
            let line = ResponseLine(text)
            let isEmpty = line.arguments >= ResponseLine.contentEnd(text)
            self.prose.add(isEmpty ? "empty challenge; the client goes on with the login" : "challenge for the login")
        case .nothing:
            self.prose.add("continuation request that nobody waits for")
        }
        return self.prose.finish()
    }
}
