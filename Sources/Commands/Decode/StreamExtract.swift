import IMAPSession
import IMAPWire
import Masking
import Reporting
import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// `--extract DIR`: the cleartext of each session's streams, as files.
///
/// Secrets are overwritten in place, so that offsets hold; octets that the capture lacks are left out, and
/// `sessions.jsonl` says where.
final class StreamExtract: SessionSink {
    private let folder: String
    private var sessions: [ConnectionID: ExtractedSession] = [:]
    private let index: StandardOutput
    private var failure: Failure?

    init(folder: String) throws(Failure) {
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw Failure(creating: folder, errno) }
        self.folder = folder
        self.index = StandardOutput(descriptor: try OutputFile.create("\(folder)/sessions.jsonl"))
    }

    var wantsLiterals: Bool { true }

    func demand(for message: Message, session: ConnectionID) -> TextDemand { .text }

    func announced(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {}

    func message(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
        self.with(session) { try $0.write(message, text) }
        for case .ended(let summary) in message.message.consequences { self.end(session, summary) }
    }

    func literal(_ piece: LiteralPiece, octets: RawSpan, session: ConnectionID) {
        self.with(session) { try $0.write(octets, at: piece.literal.offset + piece.position, piece.direction) }
    }

    func event(_ event: SessionEvent, session: ConnectionID) {
        switch event {
        case .began(let description):
            self.sessions[session] = ExtractedSession(description, folder: self.folder)
            self.with(session) { try $0.create() }
        case .gap(let direction, let offset, let octets, _):
            self.with(session) { $0.gap(octets, at: offset, direction) }
        case .ended(let summary): self.end(session, summary)
        default: break
        }
    }

    /// Throws what went wrong first.
    func finish() throws {
        try self.index.finish()
        if let failure = self.failure { throw failure }
    }

    private func with(_ id: ConnectionID, _ body: (inout ExtractedSession) throws(Failure) -> Void) {
        guard self.failure == nil, self.sessions[id] != nil else { return }
        do throws(Failure) {
            try body(&self.sessions[id]!)
        } catch {
            self.failure = error
        }
    }

    private func end(_ id: ConnectionID, _ summary: SessionSummary) {
        guard let session = self.sessions.removeValue(forKey: id) else { return }
        self.index.write(session.line)
        session.close()
    }
}
