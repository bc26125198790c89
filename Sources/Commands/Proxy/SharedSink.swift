import IMAPSession
import Masking
import Reporting
import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// One sink for the sessions of all event loops: a transcript has one order and one header, whatever the threads.
///
/// Unchecked: the sink is touched only while the lock is held.
final class SharedSink: BufferedSink, @unchecked Sendable {
    private let sink: any BufferedSink
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    let wantsLiterals: Bool

    init(_ sink: any BufferedSink) {
        self.sink = sink
        self.wantsLiterals = sink.wantsLiterals
        self.lock = .allocate(capacity: 1)
        pthread_mutex_init(self.lock, nil)
    }

    deinit {
        pthread_mutex_destroy(self.lock)
        self.lock.deallocate()
    }

    func demand(for message: Message, session: ConnectionID) -> TextDemand {
        self.locked { self.sink.demand(for: message, session: session) }
    }

    func message(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
        self.locked { self.sink.message(message, text: text, session: session) }
    }

    func announced(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
        self.locked { self.sink.announced(message, text: text, session: session) }
    }

    func passing(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
        self.locked { self.sink.passing(message, text: text, session: session) }
    }

    func literal(_ piece: LiteralPiece, octets: RawSpan, session: ConnectionID) {
        self.locked { self.sink.literal(piece, octets: octets, session: session) }
    }

    func event(_ event: SessionEvent, session: ConnectionID) {
        self.locked { self.sink.event(event, session: session) }
    }

    func flush() {
        self.locked { self.sink.flush() }
    }

    func end() {
        self.locked { self.sink.end() }
    }

    private func locked<Result>(_ body: () -> Result) -> Result {
        pthread_mutex_lock(self.lock)
        defer { pthread_mutex_unlock(self.lock) }
        return body()
    }
}
