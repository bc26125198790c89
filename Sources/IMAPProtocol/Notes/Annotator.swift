public import IMAPWire
import Traffic

/// Writes one sentence about a message for a person: lower-case, short, without a full stop.
///
/// One is kept for a whole session. It holds a ``Tokenizer`` and the buffer of the sentence, which is made in place: a
/// note allocates nothing unless it is asked for as a string.
public struct Annotator: Sendable {
    /// How deep search keys are explained; deeper ones become `…`.
    static let searchNesting = 50
    /// How many members of a list are named before "and 12 more".
    static let listed = 8
    /// How many members of a larger set of numbers are named before "and 12 more ranges".
    static let listedOfMany = 4
    /// How many characters of a text from the wire are shown.
    static let shownCharacters = 60

    var tokenizer: Tokenizer
    var prose = Prose()
    /// The UIDs of sequence numbers in the next message, for whoever knows them.
    public var knownUIDs = KnownUIDs()
    /// The overwritten ranges of the message at hand.
    var masked: [Range<Int>] = []

    public init(literalPrefix: Int = WireLimits.standard.literalPrefix) {
        self.tokenizer = Tokenizer(literalPrefix: literalPrefix)
    }

    // MARK: - As octets

    /// Makes the sentence of a command: what it asks for. False when there is nothing to say.
    ///
    /// - Parameters:
    ///   - text: the message's text, secrets already overwritten with `*`.
    ///   - masked: the overwritten ranges, so that a masked password is called masked and never quoted.
    public mutating func describe(command text: RawSpan, masked: [Range<Int>]) -> Bool {
        self.begin(masked)
        guard let line = CommandHead(text, tokenizer: &self.tokenizer), !line.name.isEmpty else { return false }
        self.tokenizer.reset(to: line.arguments)
        if let command = line.command {
            self.explain(command, isUID: line.isUID, text)
        } else {
            self.otherCommand(line.name, isUID: line.isUID, text)
        }
        return self.prose.close()
    }

    /// Makes the sentence of a response: what it says. False when there is nothing to say.
    ///
    /// - Parameters:
    ///   - masked: the overwritten ranges of the text, which are never quoted.
    ///   - answering: the command in progress that it answers.
    ///   - isUID: that command stood behind the word UID.
    ///   - isGreeting: it is the first line of the server.
    public mutating func describe(
        response text: RawSpan,
        masked: [Range<Int>],
        answering: Command?,
        isUID: Bool,
        isGreeting: Bool
    ) -> Bool {
        self.begin(masked)
        let line = ResponseHead(text)
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
            return false
        }
        return self.prose.close()
    }

    /// Makes the sentence of a continuation request: what it means.
    ///
    /// - Parameter waiting: what the client waits for.
    public mutating func describe(continuation text: RawSpan, waiting: ContinuationReason) -> Bool {
        self.begin([])
        switch waiting {
        case .literal(let size):
            self.prose.add("go ahead with the literal of ")
            self.prose.counted(size, "octet", "octets")
        case .idle:
            self.prose.add("idling; changes will be reported as they happen")
        case .sasl:
            let line = ResponseHead(text)
            let isEmpty = line.arguments >= ResponseHead.contentEnd(text)
            self.prose.add(isEmpty ? "empty challenge; the client goes on with the login" : "challenge for the login")
        case .nothing:
            self.prose.add("continuation request that nobody waits for")
        }
        return self.prose.close()
    }

    /// Calls `body` with the sentence made last, in UTF-8, for a renderer to escape. No string is made.
    public func withSentence<Result>(_ body: (RawSpan) -> Result) -> Result {
        self.prose.withOctets(body)
    }

    private mutating func begin(_ masked: [Range<Int>]) {
        self.prose.reset()
        // Nearly always both are empty.
        if !masked.isEmpty || !self.masked.isEmpty { self.masked = masked }
    }

    // MARK: - As strings

    /// What a command asks for; nil when there is nothing to say. See ``describe(command:masked:)``.
    public mutating func command(_ text: RawSpan, masked: [Range<Int>]) -> String? {
        self.describe(command: text, masked: masked) ? self.sentence : nil
    }

    /// What a response says; nil when there is nothing to say. See
    /// ``describe(response:masked:answering:isUID:isGreeting:)``.
    public mutating func response(
        _ text: RawSpan,
        masked: [Range<Int>] = [],
        answering: Command?,
        isUID: Bool,
        isGreeting: Bool
    ) -> String? {
        let isSaid = self.describe(
            response: text,
            masked: masked,
            answering: answering,
            isUID: isUID,
            isGreeting: isGreeting
        )
        return isSaid ? self.sentence : nil
    }

    /// What a continuation request means. See ``describe(continuation:waiting:)``.
    public mutating func continuation(_ text: RawSpan, waiting: ContinuationReason) -> String? {
        self.describe(continuation: text, waiting: waiting) ? self.sentence : nil
    }

    private var sentence: String {
        self.withSentence { octets in octets.withUnsafeBytes { String(decoding: $0, as: UTF8.self) } }
    }
}
