import IMAPProtocol
public import IMAPWire
import SASL
public import Traffic

/// Cuts one direction of a connection into messages when the other direction is not known.
///
/// Without the server, a client stream is read as if every literal was accepted, every AUTHENTICATE challenged and every
/// IDLE granted. Messages tile the stream: each begins where the one before it ended. Memory is bounded by the limits,
/// whatever the size of the stream.
public struct StreamParser {
    /// What a client line without a tag means. Server streams stay in `commands`.
    enum Mode {
        case commands
        /// After AUTHENTICATE, until a line that is a command again, or `*`.
        case authenticating(AuthenticationExchange)
        /// After IDLE, until DONE or a line that is a command again.
        case idling
    }

    public let direction: Direction
    var framer: Framer
    var tokenizer: Tokenizer
    var mode: Mode = .commands
    /// A command that needs authentication was seen, so the login lies behind.
    var isAuthenticated = false
    /// A message other than an empty line was seen.
    private var hasBegun = false
    private var messages = 0
    private var quirks: QuirkScanner
    private var syntax: SyntaxCheck?
    /// What the stream switched on. A client's ENABLE counts as granted, as its literals count as accepted.
    private var enabled: EnabledExtensions = []

    /// - Parameter checksSyntax: whether every message is read by the grammar, ``SessionOptions/checksSyntax``.
    public init(direction: Direction, limits: WireLimits = .standard, checksSyntax: Bool = false) {
        self.syntax = checksSyntax ? SyntaxCheck(limits: limits) : nil
        self.direction = direction
        self.framer = Framer(direction: direction, limits: limits)
        self.tokenizer = Tokenizer(literalPrefix: limits.literalPrefix)
        self.quirks = QuirkScanner(literalPrefix: limits.literalPrefix)
    }

    /// Offset in the stream of the next octet.
    public var offset: UInt64 { self.framer.offset }

    /// Reads all of `chunk`. Messages that end in it go to `observer`, in order.
    public mutating func feed(_ chunk: RawSpan, to observer: any SessionObserver) {
        var cursor = 0
        while let frame = self.framer.next(in: chunk, cursor: &cursor) {
            switch frame {
            case .message(let frame):
                switch frame.text {
                case .chunk(let range): self.parsed(frame, text: chunk.extracting(range), observer)
                case .assembled:
                    let text = self.framer.assembledText
                    self.parsed(frame, text: text.span.bytes, observer)
                }
            case .literalAwaited:
                self.framer.acceptLiteral()
            case .literalOctets, .opaque:
                break
            }
        }
    }

    /// The stream has ended. A message that was cut off goes to `observer`, marked incomplete.
    public mutating func finish(to observer: any SessionObserver) {
        let missing = self.framer.literalRemaining
        guard let frame = self.framer.finish() else { return }
        let text = self.framer.assembledText
        self.parsed(frame, text: text.span.bytes, observer, missingLiteralOctets: missing)
    }

    private mutating func parsed(
        _ frame: MessageFrame,
        text: RawSpan,
        _ observer: any SessionObserver,
        missingLiteralOctets: UInt64? = nil
    ) {
        self.messages += 1
        var message = Message(
            kind: .unparsed,
            direction: self.direction,
            number: self.messages,
            time: .zero,
            frame: frame
        )
        message.quirks.formUnion(
            .scan(text, literals: frame.literals, literalPrefix: self.framer.limits.literalPrefix)
        )
        if self.enabled.allowsUTF8 { message.quirks.remove(.eightBit) }
        if CommandHead.skipPadding(text) > 0 { message.quirks.insert(.padding) }
        var secrets: [Secret] = []
        if CommandHead.skipPadding(text) >= ResponseHead.contentEnd(text) {
            self.emptyLine(&message)
        } else {
            switch self.direction {
            case .client: self.client(&message, frame, text: text, secrets: &secrets)
            case .server: self.server(&message, text: text)
            }
            self.hasBegun = true
        }
        self.addQuirks(to: &message, text: text)
        self.addWireFindings(to: &message, missingLiteralOctets: missingLiteralOctets)
        let allowsUTF8 = self.enabled.allowsUTF8
        if let finding = self.syntax?.finding(message, text, allowsUTF8: allowsUTF8) {
            message.findings.append(finding)
        }
        observer.message(message, text: text, secrets: secrets)
        self.follow(message, text)
    }

    /// What a message switches on or off for those behind it (RFC 5161; RFC 8437 section 2).
    private mutating func follow(_ message: Message, _ text: RawSpan) {
        guard message.complete else { return }
        if message.command == .unauthenticate { self.enabled = [] }
        guard message.command == .enable || message.response == .enabled else { return }
        self.enabled.formUnion(EnabledExtensions(text, from: message.arguments, &self.tokenizer))
    }

    /// An empty line is an empty SASL response after AUTHENTICATE (RFC 9051 section 6.2.2), else nothing IMAP knows.
    private mutating func emptyLine(_ message: inout Message) {
        if case .authenticating(var exchange) = self.mode {
            message.kind = .sasl
            message.sasl = exchange.response(RawSpan())
            self.mode = .authenticating(exchange)
        } else if message.complete {
            message.findings.append(.emptyLine(self.direction, at: message.offset))
        }
    }

    /// The quirks that one line shows; those that need the other direction cannot be seen here.
    private mutating func addQuirks(to message: inout Message, text: RawSpan) {
        var sightings: [QuirkSighting] = []
        let octets = message.length - min(message.length, message.literals.reduce(0) { $0 + $1.received })
        switch self.direction {
        case .server:
            guard CommandHead.skipPadding(text) < ResponseHead.contentEnd(text) else { return }
            let line = ResponseHead(text)
            self.quirks.response(text, line, literals: message.literals, octets: octets, into: &sightings)
        case .client:
            guard message.kind == .command, let line = CommandHead(text, tokenizer: &self.tokenizer) else { return }
            self.quirks.command(text, line, octets: octets, into: &sightings)
        }
        for sighting in sightings {
            message.findings.append(
                .quirk(sighting.quirk, self.direction, at: message.offset, detail: sighting.detail)
            )
        }
    }

    private mutating func server(_ message: inout Message, text: RawSpan) {
        let line = ResponseHead(text)
        message.tag = line.tag
        message.name = line.name
        message.response = line.response
        message.sequenceNumber = line.number
        message.arguments = line.arguments
        switch line.kind {
        case .continuation: message.kind = .continuation
        case .tagged: message.kind = .tagged
        case .untagged: message.kind = self.isGreeting(line) ? .greeting : .untagged
        case .unparsed:
            if message.complete { message.findings.append(.unparsed(.server, at: message.offset)) }
        }
        message.secrets = SecretClassifier.secrets(in: text, response: line.response)
    }

    /// The greeting is the first line of a server (RFC 9051 section 7.1); a stream that was cut has none.
    private func isGreeting(_ line: ResponseHead) -> Bool {
        guard !self.hasBegun, line.number == nil else { return false }
        switch line.status {
        case .ok, .preauth, .bye: return true
        case .no, .bad, nil: return false
        }
    }
}
