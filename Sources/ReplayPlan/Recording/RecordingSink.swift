public import IMAPSession
public import Masking
public import Traffic

/// An output that keeps whole sessions in memory, for those who work with them: replay, serve, diff.
public final class RecordingSink: SessionSink {
    private var open: [ConnectionID: RecordedSession] = [:]
    private let forward: (RecordedSession) -> Void

    /// - Parameter forward: is given each session when it is over.
    public init(forward: @escaping (RecordedSession) -> Void) {
        self.forward = forward
    }

    /// Nothing more comes: hands on what is still open, in the order in which it began.
    public func finish() {
        for id in self.open.keys.sorted() { self.end(id, nil) }
    }

    public var wantsLiterals: Bool { false }

    public func demand(for message: Message, session: ConnectionID) -> TextDemand { .text }

    public func announced(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {}

    public func literal(_ piece: LiteralPiece, octets: RawSpan, session: ConnectionID) {}

    public func message(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
        let octets = text.withUnsafeBytes { Array($0) }
        self.open[session]?.entries.append(
            .message(RecordedMessage(message.message, text: octets, masked: message.masked))
        )
        for event in message.message.consequences { self.event(event, session: session) }
    }

    public func event(_ event: SessionEvent, session: ConnectionID) {
        if case .began(let description) = event { self.open[session] = RecordedSession(description) }
        self.open[session]?.entries.append(.event(event))
        if case .ended(let summary) = event { self.end(session, summary) }
    }

    private func end(_ id: ConnectionID, _ summary: SessionSummary?) {
        guard var session = self.open.removeValue(forKey: id) else { return }
        session.summary = summary
        self.forward(session)
    }
}
