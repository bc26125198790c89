import IMAPProtocol
public import IMAPSession
public import IMAPWire
public import Masking
public import Traffic

/// The annotated transcript: what was said, by whom, when, and what it means.
public final class TextTranscript: BufferedSink {
    let detail: TextDetail
    let revealsSecrets: Bool
    let skipsVerification: Bool
    let literalPrefix: Int
    // Each line is dozens of accesses, and nothing that is called during one comes back: checking every one of them at run time
    // would cost more than writing.
    @exclusivity(unchecked) var page: TextPage
    @exclusivity(unchecked) var notes: MessageNotes
    @exclusivity(unchecked) var sessions: [ConnectionID: TextSession] = [:]
    /// The session that spoke last; thousands of messages come in a row from one.
    @exclusivity(unchecked) private var current: TextSession?

    /// - Parameters:
    ///   - color: whether to use colours; who decides that knows the terminal.
    ///   - revealsSecrets: said in every header, when what comes is not masked.
    ///   - skipsVerification: said in every header, when the server's certificate is not verified.
    ///   - limits: those of the framer, which say how much of a literal a message's text holds.
    public init(
        output: any TranscriptOutput,
        detail: TextDetail = .messages,
        color: Bool = false,
        revealsSecrets: Bool = false,
        skipsVerification: Bool = false,
        limits: WireLimits = .standard
    ) {
        self.detail = detail
        self.revealsSecrets = revealsSecrets
        self.skipsVerification = skipsVerification
        self.literalPrefix = limits.literalPrefix
        self.notes = MessageNotes(literalPrefix: limits.literalPrefix)
        self.page = TextPage(output, color: color)
    }

    public var wantsLiterals: Bool { self.detail == .everything }

    public func flush() {
        self.page.output.flush()
    }

    public func demand(for message: Message, session: ConnectionID) -> TextDemand {
        switch self.detail {
        case .sessions: .none
        case .exchanges: message.kind == .command ? .text : .none
        case .messages: self.session(session)?.run.fold(message) == true ? .none : .text
        case .previews, .everything: .text
        }
    }

    public func message(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
        guard self.detail > .sessions, let session = self.session(session) else { return }
        if self.detail == .exchanges {
            self.note(message, text, session)
            return
        }
        if self.detail == .messages {
            if session.run.isFolded(message.message) { return }
            self.speak(session)
            self.writeFolded(session)
            if !session.run.continues(message.message) { session.run.begin(with: message.message) }
        } else {
            self.speak(session)
        }
        self.show(message, text, session)
    }

    public func announced(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
        guard self.detail >= .messages, let session = self.session(session) else { return }
        self.speak(session)
        self.writeFolded(session)
        session.run.begin(with: message.message)
        self.announce(message, text, session)
    }

    public func literal(_ piece: LiteralPiece, octets: RawSpan, session: ConnectionID) {
        guard self.detail == .everything, let session = self.session(session) else { return }
        self.speak(session)
        self.show(piece, octets, session)
    }

    public func event(_ event: SessionEvent, session: ConnectionID) {
        if case .began(let description) = event {
            self.begin(description)
            return
        }
        guard let session = self.session(session) else { return }
        switch event {
        case .exchangeBegan(let exchange): session.exchanges.insert(exchange)
        case .exchangeEnded(let exchange): self.end(exchange, session)
        case .opaque(let direction, let octets, _): session.opaque[Int(direction.rawValue)] += UInt64(octets)
        case .ended(let summary): self.end(summary, session)
        default: if self.detail > .sessions { self.show(event, session) }
        }
    }

    // MARK: - Sessions

    @inline(__always)
    private func session(_ id: ConnectionID) -> TextSession? {
        if let current, current.id == id { return current }
        self.current = self.sessions[id]
        return self.current
    }

    private func begin(_ description: SessionDescription) {
        let session = TextSession(description)
        self.sessions[description.connection] = session
        guard self.detail > .sessions else { return }
        self.writeHeader(description)
    }

    private func end(_ summary: SessionSummary, _ session: TextSession) {
        if self.detail == .sessions {
            self.writeSessionLine(summary, session)
        } else {
            self.speak(session)
            self.writeFolded(session)
            if self.detail >= .messages { self.writeEnd(summary, session) }
        }
        self.sessions[session.id] = nil
        self.current = nil
    }

    /// Told by the tagged response, by an event, or by both.
    func end(_ exchange: Exchange, _ session: TextSession) {
        let entry = session.exchanges.remove(exchange.number)
        guard self.detail == .exchanges, exchange.number != session.lastEnded else { return }
        session.lastEnded = exchange.number
        self.speak(session)
        self.write(exchange, note: entry?.note, session)
    }

    // MARK: - Lines

    /// Says who speaks on the lines that follow.
    func speak(_ session: TextSession) {
        self.page.session = self.sessions.count > 1 ? session.id.number : nil
    }

    func writeFolded(_ session: TextSession) {
        guard let folded = session.run.takeFolded() else { return }
        self.page.beginIndentedLine()
        self.page.role(.note)
        self.page.write { writer in
            writer.append("… ")
            writer.append(grouped: UInt64(folded.count))
            writer.append(" more ")
            writer.append(verbatim: folded.response.rawValue)
            writer.append(folded.count == 1 ? " response, " : " responses, ")
            writer.append(octets: folded.octets)
            for finding in folded.findings {
                writer.append(", ")
                writer.append(verbatim: finding.id)
                if folded.count > 1 {
                    writer.append(finding.count == folded.count ? " in each" : " in ")
                    if finding.count < folded.count { writer.append(grouped: UInt64(finding.count)) }
                }
            }
            writer.append("; --detail 3 shows each")
        }
        self.page.endLine()
    }
}
