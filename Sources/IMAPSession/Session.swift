import IMAPProtocol
import IMAPWire
import SASL
public import Traffic

/// One IMAP connection, both directions: pairs commands with answers, follows the state, and says where a stream changes
/// its language.
///
/// Pure: octets and times come in, messages and events go out to the observer. Nothing it does depends on how the octets
/// were cut into chunks, except where the two directions race.
public struct Session {
    public let description: SessionDescription
    let options: SessionOptions
    let observer: any SessionObserver

    var client: Framer
    var server: Framer
    var tokenizer: Tokenizer
    /// Present when ``SessionOptions/checksSyntax`` is set.
    private var syntax: SyntaxCheck?

    public internal(set) var state: SessionState = .greeting
    /// What the server offered last, in any of the places a list can stand.
    public internal(set) var capabilities = CapabilityList()
    /// The mailbox that is open, its name as on the wire.
    public internal(set) var mailbox: String?
    /// The identity of the last successful login.
    public internal(set) var user: String?

    /// Set while the meaning of the client's next octets is undecided.
    var gate: Gate?
    var held = ByteQueue()
    var heldSince = Timestamp.zero

    /// Commands in progress, oldest first.
    var running: [Exchange] = []
    /// The exchange whose command is still being sent, 0 for none.
    var sending = 0
    var commandBegan = Timestamp.zero
    var authentication: Authentication?
    var logins: [PendingLogin] = []
    /// The mailboxes of SELECT and EXAMINE commands in progress, by exchange.
    var selecting: [Int: String] = [:]
    /// The exchange of a running IDLE, 0 for none.
    var idle = 0

    var messageCount = 0
    var exchangeCount = 0
    var findingCount = 0
    var clientMessages = 0
    var serverMessages = 0
    var clientClosed = false
    var serverClosed = false
    var hasEnded = false
    var lastTime: Timestamp

    /// The TLS of each leg that ends at imapscope; nil for cleartext.
    public internal(set) var clientTLS: TLSFacts?
    public internal(set) var upstreamTLS: TLSFacts?
    /// The exchange that the line being read answers, when it is imapscope's own; else 0.
    var answering = 0
    /// The exchange of a STARTTLS that imapscope answers; 0 for none.
    var ownSTARTTLS = 0
    /// How the TLS of each leg began.
    var tlsStarts: (client: TLSChange.Start, upstream: TLSChange.Start) = (.implicit, .implicit)
    /// The exchange of a command that imapscope kept back, having asked for its literal itself, and that the server now asks
    /// for; 0 for none. Nothing behind it has reached the server, so its next continuation request is this one.
    public var forwarding = 0
    /// Octets behind a STARTTLS that imapscope answers, beyond what is held: thrown away when they came.
    var discarded = 0

    /// The source lacks a part of the connection: what it has cannot be held against its peers.
    public internal(set) var isPartial = false
    /// The client's stream was lost in a gap.
    var lostLines: LostLines?
    /// The answer that the gate waits for may be among what the source lacks.
    var answerIsLost = false

    /// What is remembered to recognise quirks.
    var quirks: QuirkWatch
    /// The end of what came inside a server's literal.
    var literalWatch = LiteralWatch()
    /// Set while the client's octets cannot be attributed.
    var lostClient: CommandSearch?
    /// The offsets of the long literals whose messages' beginnings were told last.
    var passing: (client: UInt64?, server: UInt64?)
    /// A server's literal was longer than announced: lines are text until a plausible response begins.
    var lostServer = false
    /// The mailbox that is open, and what the client has enabled.
    var tracker: MailboxTracker

    /// Set while both streams are DEFLATE.
    var compression: Compression?
    /// How often COMPRESS was answered with OK.
    var compressions = 0
    /// Octets under COMPRESS so far; nil when there never was any.
    var compressionTotals: CompressionTotals?
    /// Whether the session inflates: else whoever hands octets in does it. Looked at when COMPRESS is answered with OK.
    public var inflates = true
    /// Client octets that are, or may be, compressed, while the server's answer decides.
    var heldCompressed = ByteQueue()
    /// Octets of the last chunk that were left to whoever inflates.
    var unreadOctets = 0
    /// The line just read changed what the server's next octet is.
    var serverSwitched = false
    /// The SASL security layer that the next octet decides about.
    var possibleLayer: TransportChange?

    /// The layer that made the streams unreadable; nil while they are IMAP.
    public internal(set) var opaqueLayer: TransportChange.Layer?
    /// Octets of both directions that were not read.
    public private(set) var opaqueOctets: UInt64 = 0
    /// In captures: the number of the packet whose octets come next, from 1; 0 where there are no packets.
    public var packet = 0

    /// What is left of the work that peers may cause by iteration counts.
    var verificationBudget: VerificationBudget
    /// Whether somebody can take the TLS off: its octets wait for them, and count for nothing here.
    public var leavesTLS = false
    /// Octets of TLS records that wait.
    var encrypted: [EncryptedOctets] = []

    /// An AUTHENTICATE in progress.
    struct Authentication {
        var exchange: Int
        var mechanism: String
        var sasl: AuthenticationExchange
        var outcomeTold = false
    }

    /// A LOGIN in progress: what to say when it is answered.
    struct PendingLogin {
        var exchange: Int
        var user: String
        var verdict: Verdict?
        var secretMark: String?
    }

    public init(
        description: SessionDescription,
        options: SessionOptions = SessionOptions(),
        observer: any SessionObserver
    ) {
        self.description = description
        self.options = options
        self.observer = observer
        self.client = Framer(direction: .client, limits: options.limits)
        self.server = Framer(direction: .server, limits: options.limits)
        self.client.reportsLiteralOctets = options.reportsLiterals
        self.server.reportsLiteralOctets = options.reportsLiterals
        self.tokenizer = Tokenizer(literalPrefix: options.limits.literalPrefix)
        self.quirks = QuirkWatch(literalPrefix: options.limits.literalPrefix)
        self.syntax = options.checksSyntax ? SyntaxCheck(limits: options.limits) : nil
        self.tracker = MailboxTracker(tokenizer: self.tokenizer, limit: options.mailboxRuns)
        self.lastTime = description.time
        self.verificationBudget = options.verification
        observer.event(.began(description))
    }

    /// Whether the streams are no longer read as IMAP.
    public var isOpaque: Bool { self.opaqueLayer != nil || self.lostClient != nil }

    /// Octets seen in `direction`.
    public func octets(_ direction: Direction) -> UInt64 {
        switch direction {
        case .client:
            self.client.offset + UInt64(self.held.count + (self.lostClient?.kept ?? self.lostLines?.line.count ?? 0))
        case .server: self.server.offset + UInt64(self.literalWatch.undecided.count)
        }
    }

    // MARK: - Input

    /// Octets of one direction, in the order in which they were sent.
    ///
    /// Under COMPRESS they are the compressed ones, unless ``inflates`` is off. All offsets count inflated octets.
    public mutating func receive(_ bytes: RawSpan, from direction: Direction, at time: Timestamp) {
        guard bytes.byteCount > 0 else { return }
        self.lastTime = time
        if self.opaqueLayer == nil, self.octets(direction) == 0, Self.looksLikeTLS(bytes) {
            self.beginTLSOnCleartextPort(direction, at: time)
        }
        self.unreadOctets = 0
        self.take(bytes, from: direction, at: time)
    }

    /// Octets of the innermost stream.
    mutating func read(_ bytes: RawSpan, from direction: Direction, at time: Timestamp) {
        guard bytes.byteCount > 0 else { return }
        if self.possibleLayer != nil { self.decideSecurityLayer(bytes[0], at: time) }
        if self.answerIsLost, direction == .client { self.decideWithoutAnswer(bytes[0], at: time) }
        if self.opaqueLayer != nil {
            self.receiveOpaque(bytes, from: direction, at: time)
            return
        }
        switch direction {
        case .client:
            if self.lostLines != nil {
                self.readLostLines(bytes, at: time)
            } else if self.lostClient != nil {
                self.searchClient(bytes, at: time)
            } else if self.gate != nil {
                self.hold(bytes, at: time)
            } else {
                self.readClient(bytes, at: time)
            }
        case .server:
            if self.literalWatch.suspected != nil {
                self.settleLiteral(bytes, at: time)
            } else {
                self.readServer(bytes, at: time)
            }
        }
    }

    /// One direction has ended.
    public mutating func closed(_ direction: Direction, _ how: Closing, at time: Timestamp) {
        self.lastTime = time
        switch direction {
        case .client:
            guard !self.clientClosed else { return }
            self.clientClosed = true
            self.releaseHeldAtEnd(at: time)
            self.releaseSearch(at: time)
            self.releaseLostLine(at: time)
            self.flush(.client, at: time)
        case .server:
            guard !self.serverClosed else { return }
            self.serverClosed = true
            self.settleLiteralAtEnd(at: time)
            self.flush(.server, at: time)
        }
        self.observer.event(.closed(direction, how, time: time))
    }

    /// Nothing more comes: tells what is still open, and the totals.
    public mutating func ended(at time: Timestamp) {
        guard !self.hasEnded else { return }
        self.hasEnded = true
        self.lastTime = time
        self.releaseHeldAtEnd(at: time)
        self.releaseSearch(at: time)
        self.releaseLostLine(at: time)
        self.flush(.client, at: time)
        if !self.serverClosed { self.settleLiteralAtEnd(at: time) }
        self.flush(.server, at: time)
        for event in self.abandonedAuthentications(at: time) { self.observer.event(event) }
        for exchange in self.running { self.observer.event(.exchangeEnded(exchange)) }
        self.running = []
        self.observer.event(
            .ended(
                SessionSummary(
                    connection: self.description.connection,
                    began: self.description.time,
                    ended: time,
                    user: self.user,
                    state: self.state,
                    clientOctets: self.octets(.client),
                    serverOctets: self.octets(.server),
                    clientMessages: self.clientMessages,
                    serverMessages: self.serverMessages,
                    exchanges: self.exchangeCount,
                    findings: self.findingCount,
                    compression: self.compressionTotals
                )
            )
        )
    }

    // MARK: - Octets that are not IMAP

    /// No IMAP line begins with octets 0x14...0x17, the content types of TLS records (RFC 8446 section 5.1).
    private static func looksLikeTLS(_ bytes: RawSpan) -> Bool {
        (0x14...0x17).contains(bytes[0])
    }

    private mutating func beginTLSOnCleartextPort(_ direction: Direction, at time: Timestamp) {
        self.report(.tlsOnCleartextPort(direction), at: time)
        let change = TransportChange(
            layer: .unexpectedTLS,
            clientOffset: self.client.offset,
            serverOffset: self.server.offset,
            time: time
        )
        self.becomeOpaque(change.layer)
        self.observer.event(.transportChange(change))
        // Nothing will decide any more what was held.
        self.drainHeld(at: time)
    }

    private mutating func receiveOpaque(_ bytes: RawSpan, from direction: Direction, at time: Timestamp) {
        if self.keepsEncrypted(bytes, direction, at: time) { return }
        if direction == .client {
            self.client.skip(octets: UInt64(bytes.byteCount))
        } else {
            self.server.skip(octets: UInt64(bytes.byteCount))
        }
        self.tellOpaque(bytes.byteCount, direction, at: time)
    }

    mutating func tellOpaque(_ octets: Int, _ direction: Direction, at time: Timestamp) {
        self.opaqueOctets += UInt64(octets)
        self.observer.event(.opaque(direction: direction, octets: octets, time: time))
    }

    mutating func becomeOpaque(_ layer: TransportChange.Layer) {
        // A message that had begun ends here: what follows is no part of it.
        if let frame = self.client.finish() {
            let text = self.client.assembledText
            self.clientMessage(frame, text.span.bytes, at: self.lastTime)
        }
        if let frame = self.server.finish() {
            let text = self.server.assembledText
            self.serverMessage(frame, text.span.bytes, at: self.lastTime)
        }
        self.opaqueLayer = layer
        self.client.language = .opaque
        self.server.language = .opaque
        self.gate = nil
        self.releaseSearch(at: self.lastTime)
        self.lostClient = nil
    }

    // MARK: - Reporting

    public mutating func report(_ finding: Finding, at time: Timestamp) {
        self.findingCount += 1
        self.observer.event(.finding(finding, time: time))
    }

    mutating func emit(_ message: consuming Message, text: RawSpan, secrets: [Secret] = []) {
        if self.isPartial, !message.findings.isEmpty {
            let isWhole = message.complete
            message.findings.removeAll { $0.needsWholeSession(of: isWhole) }
        }
        let allowsUTF8 = self.allowsUTF8
        if let finding = self.syntax?.finding(message, text, allowsUTF8: allowsUTF8) {
            message.findings.append(finding)
        }
        self.tell(message, text: text, secrets: secrets)
    }

    private mutating func tell(_ message: Message, text: RawSpan, secrets: [Secret]) {
        self.findingCount += message.findings.count { !$0.isNote }
        if message.direction == .client { self.clientMessages += 1 } else { self.serverMessages += 1 }
        self.observer.message(message, text: text, secrets: secrets)
    }

    mutating func message(_ kind: Message.Kind, _ direction: Direction, _ frame: MessageFrame, at time: Timestamp)
        -> Message
    {
        self.messageCount += 1
        var message = Message(kind: kind, direction: direction, number: self.messageCount, time: time, frame: frame)
        message.packet = UInt32(truncatingIfNeeded: self.packet)
        return message
    }

    /// What masks must cover, beside what is missing anyway.
    static func masks(_ secrets: [SecretRange], _ frame: MessageFrame) -> [SecretRange] {
        guard !frame.missing.isEmpty else { return secrets }
        let missing = frame.missing.filter { range in !secrets.contains { $0.range.overlaps(range) } }
            .map { SecretRange($0, showsLength: true, isMissing: true) }
        return (secrets + missing).sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    /// Whether strings and texts are UTF-8: with UTF8=ACCEPT (RFC 9755 section 3) or IMAP4rev2 on, or at a server that
    /// knows nothing but IMAP4rev2, where nobody need enable it (RFC 9051 sections 5.1 and 6.3.1).
    private var allowsUTF8: Bool {
        // In place: as a value the whole session would be copied, with every message.
        mutating get { self.tracker.enabled.allowsUTF8 || self.capabilities.isRevision2Only }
    }

    /// What deviates in a message's lines, by name.
    mutating func wireFindings(_ frame: MessageFrame, _ text: RawSpan, _ direction: Direction) -> (
        WireQuirks, [Finding]
    ) {
        var quirks = frame.quirks.union(
            WireQuirks.scan(text, literals: frame.literals, literalPrefix: self.options.limits.literalPrefix)
        )
        if text.byteCount > 0, text[0] == 0x20 || text[0] == 0,
            CommandHead.skipPadding(text) < ResponseHead.contentEnd(text)
        {
            quirks.insert(.padding)
        }
        if self.allowsUTF8 { quirks.remove(.eightBit) }
        var findings = Finding.quirks(quirks, direction, at: frame.offset)
        if let exceeded = frame.exceeded { findings.append(.truncated(direction, exceeded, at: frame.offset)) }
        return (quirks, findings)
    }

    // MARK: - The end of a direction

    /// A message that the end of its stream cut off.
    private mutating func flush(_ direction: Direction, at time: Timestamp) {
        let remaining = direction == .client ? self.client.literalRemaining : self.server.literalRemaining
        guard let frame = direction == .client ? self.client.finish() : self.server.finish() else { return }
        let text = direction == .client ? self.client.assembledText : self.server.assembledText
        var findings: [Finding] = []
        let end = frame.offset + frame.length
        if let remaining, remaining > 0, let literal = frame.literals.last {
            findings.append(.literalCut(missing: remaining, size: literal.size, direction: direction, at: end))
            if direction == .client, let slip = LiteralChecks.cut(literal, tail: self.client.literalTail) {
                findings.append(.literalCutInCommand(slip, literal, at: end))
            }
        } else {
            findings.append(.messageCut(direction: direction, at: end))
        }
        switch direction {
        case .client: self.clientMessage(frame, text.span.bytes, at: time, findings: findings)
        case .server: self.serverMessage(frame, text.span.bytes, at: time, findings: findings)
        }
    }
}
