public import IMAPSession
public import Traffic

/// Tells observers what was recorded of their sessions, as the sessions themselves would have.
public final class SessionPlayer {
    private let observer: (ConnectionID) -> any SessionObserver
    /// The observers of open sessions, by slot.
    private var observers: [(any SessionObserver)?] = []

    /// - Parameter observer: makes the observer of a session that begins.
    public init(observer: @escaping (ConnectionID) -> any SessionObserver) {
        self.observer = observer
    }

    public func play(_ batch: borrowing SessionBatch) {
        let octets = batch.octets.span.bytes
        let messages = batch.messages.span
        var position = 0
        var next = (message: 0, piece: 0, event: 0, secret: 0)
        for entry in batch.entries {
            let end = position + entry.octets
            let text = octets.extracting(position..<end)
            position = end
            switch entry.kind {
            case .message:
                let secrets = batch.secrets[next.secret..<(next.secret + entry.secrets)]
                next.secret = secrets.endIndex
                if messages[next.message].isPlain {
                    self.observers[entry.slot]?.message(messages[next.message], text: text, secrets: Array(secrets))
                } else {
                    var message = messages[next.message]
                    message.settleVerdicts()
                    self.observers[entry.slot]?.message(message, text: text, secrets: Array(secrets))
                }
                next.message += 1
            case .announced:
                self.observers[entry.slot]?.announced(messages[next.message], text: text)
                next.message += 1
            case .passing:
                self.observers[entry.slot]?.passing(messages[next.message], text: text)
                next.message += 1
            case .literal:
                self.observers[entry.slot]?.literal(batch.pieces[next.piece], octets: text)
                next.piece += 1
            case .event:
                self.play(batch.events[next.event], entry.slot)
                next.event += 1
            }
        }
    }

    private func play(_ event: SessionEvent, _ slot: Int) {
        var event = event
        if case .authentication(var outcome) = event, outcome.deferred != nil {
            outcome.settle()
            event = .authentication(outcome)
        }
        if case .began(let description) = event {
            while self.observers.count <= slot { self.observers.append(nil) }
            self.observers[slot] = self.observer(description.connection)
        }
        self.observers[slot]?.event(event)
        if case .ended = event { self.observers[slot] = nil }
    }
}
