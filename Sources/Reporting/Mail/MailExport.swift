import IMAPProtocol
public import IMAPSession
public import IMAPWire
public import Masking
public import Traffic

/// `--export-mail`: every message that was fetched or appended whole, as a file with exactly its octets.
///
/// Octets go to the file as they pass, so a message of any size takes no memory. A file is named when the message is over:
/// only then it is known whether it is complete, and often only then which UID it has.
public final class MailExport: BufferedSink {
    private let folder: any MailFolder
    private var index: ChunkedOutput
    private let literalPrefix: Int
    private var sessions: [ConnectionID: ExportingSession] = [:]

    /// - Parameters:
    ///   - index: takes a line of JSON for each file.
    ///   - limits: those of the framer, which say how much of a literal a message's text holds.
    public init(folder: any MailFolder, index: any TranscriptOutput, limits: WireLimits = .standard) {
        self.folder = folder
        self.index = ChunkedOutput(index)
        self.literalPrefix = limits.literalPrefix
    }

    public var wantsLiterals: Bool { true }

    public func flush() { self.index.flush() }

    public func demand(for message: Message, session: ConnectionID) -> TextDemand {
        switch (message.command, message.response) {
        case (.fetch, _), (.append, _), (.replace, _), (_, .fetch), (_, .uidfetch): .text
        // APPENDUID stands in the answer, of REPLACE in an untagged one before it.
        case (_, .ok): self.sessions[session]?.hasAppended == true ? .text : .none
        default: .none
        }
    }

    public func announced(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {}

    public func passing(_ message: MaskedMessage, text: RawSpan, session id: ConnectionID) {
        guard let session = self.session(id), let literal = message.message.literals.last else { return }
        session.begin(message.message, text, literal)
    }

    public func literal(_ piece: LiteralPiece, octets: RawSpan, session id: ConnectionID) {
        self.session(id)?.take(piece, octets)
    }

    public func message(_ message: MaskedMessage, text: RawSpan, session id: ConnectionID) {
        guard let session = self.session(id) else { return }
        let value = message.message
        switch (value.direction, value.command, value.response) {
        case (.client, .fetch, _): session.fetch(value, text)
        case (.client, .append, _), (.client, .replace, _): session.append(message, text)
        case (.server, _, .fetch), (.server, _, .uidfetch): session.fetched(message, text)
        // Numbers mean other messages now.
        case (.server, _, .expunge), (.server, _, .vanished): session.endParts()
        default: break
        }
        for case .stateChanged(_, let state, let mailbox, _) in value.consequences {
            session.enter(state == .selected ? mailbox : nil)
        }
        if value.response == .ok { session.appended(value, text) }
        if let exchange = value.completes { session.ended(exchange) }
        self.writeIndex(of: session)
    }

    public func event(_ event: SessionEvent, session id: ConnectionID) {
        if case .began = event {
            self.sessions[id] = ExportingSession(id, self.folder, literalPrefix: self.literalPrefix)
            return
        }
        guard let session = self.session(id) else { return }
        switch event {
        case .stateChanged(_, let state, let mailbox, _): session.enter(state == .selected ? mailbox : nil)
        case .exchangeEnded(let exchange): session.ended(exchange)
        case .ended:
            session.end()
            self.sessions[id] = nil
        default: break
        }
        self.writeIndex(of: session)
    }

    private func session(_ id: ConnectionID) -> ExportingSession? { self.sessions[id] }

    private func writeIndex(of session: ExportingSession) {
        guard !session.finished.isEmpty else { return }
        for mail in session.finished {
            mail.write(to: &self.index.writer)
            self.index.lineEnded()
        }
        session.finished = []
    }
}
