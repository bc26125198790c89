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
    /// Sessions whose files are open, the one that was written last at the end.
    private var open: [ConnectionID] = []
    /// Two descriptors each: far fewer than a process may have, more than sessions that usually speak in turns.
    private static let mostOpen = 64

    private let isRawlog: Bool

    /// - Parameter isRawlog: whether the files are named as those of Dovecot's rawlog.
    init(folder: String, isRawlog: Bool = false) throws(Failure) {
        self.isRawlog = isRawlog
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw Failure(creating: folder, errno) }
        self.folder = folder
        self.index = StandardOutput(descriptor: try OutputFile.create("\(folder)/sessions.jsonl"))
    }

    var wantsLiterals: Bool { true }

    func demand(for message: Message, session: ConnectionID) -> TextDemand { .text }

    func announced(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {}

    func message(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
        self.with(session) { (files: inout ExtractedSession) throws(Failure) in try files.write(message, text) }
        for case .ended(let summary) in message.message.consequences { self.end(session, summary) }
    }

    func literal(_ piece: LiteralPiece, octets: RawSpan, session: ConnectionID) {
        self.with(session) { (files: inout ExtractedSession) throws(Failure) in
            try files.write(octets, at: piece.literal.offset + piece.position, piece.direction)
        }
    }

    func event(_ event: SessionEvent, session: ConnectionID) {
        switch event {
        case .began(let description):
            self.sessions[session] = ExtractedSession(description, folder: self.folder, isRawlog: self.isRawlog)
            self.with(session) { (files: inout ExtractedSession) throws(Failure) in try files.open() }
        case .gap(let direction, let offset, let octets, _):
            self.with(session) { (files: inout ExtractedSession) throws(Failure) in
                files.gap(octets, at: offset, direction)
            }
        case .ended(let summary): self.end(session, summary)
        default: break
        }
    }

    /// Throws what went wrong first.
    func finish() throws {
        try self.index.finish()
        if let failure = self.failure { throw failure }
    }

    var hasFailed: Bool { self.failure != nil }

    private func with(_ id: ConnectionID, _ body: (inout ExtractedSession) throws(Failure) -> Void) {
        guard self.failure == nil, let index = self.sessions.index(forKey: id) else { return }
        do throws(Failure) {
            try self.makeOpen(id, index)
            try body(&self.sessions.values[index])
        } catch {
            self.failure = error
        }
    }

    private func makeOpen(_ id: ConnectionID, _ index: Dictionary<ConnectionID, ExtractedSession>.Index) throws(Failure)
    {
        guard self.open.last != id else { return }
        if let place = self.open.firstIndex(of: id) {
            self.open.remove(at: place)
        } else {
            if self.open.count >= Self.mostOpen { self.sessions[self.open.removeFirst()]?.close() }
            try self.sessions.values[index].open()
        }
        self.open.append(id)
    }

    private func end(_ id: ConnectionID, _ summary: SessionSummary) {
        guard var session = self.sessions.removeValue(forKey: id) else { return }
        self.open.removeAll { $0 == id }
        self.index.write(session.line)
        session.close()
    }
}
