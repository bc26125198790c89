import IMAPSession
import Masking
import Reporting
import SessionStore
import Synchronization
import Traffic

/// `--write`: the store among the outputs of a command.
final class StoreOutput: BufferedSink, Sendable {
    private let sink: StoreSink
    private let box: StoreFailureBox

    /// Nil when no store was named.
    ///
    /// - Parameter failed: told once when nothing more can be recorded.
    init?(
        _ files: FileOutputOptions.Decided,
        revealsSecrets: Bool,
        failed: @escaping @Sendable (Failure) -> Void = { _ in }
    ) throws(Failure) {
        guard let path = files.store?.path else { return nil }
        let box = StoreFailureBox()
        do throws(StoreError) {
            self.sink = try StoreSink(
                path: path,
                holdsSecrets: revealsSecrets,
                limits: StoreLimits(
                    size: files.storeSize?.octets,
                    age: files.storeAge.map { Int64($0.seconds) * 1_000_000_000 }
                ),
                failed: { error in
                    let failure = Failure(writing: error)
                    box.failure.withLock { $0 = failure }
                    failed(failure)
                }
            )
        } catch {
            throw Failure(writing: error)
        }
        self.box = box
    }

    /// Why nothing more is recorded.
    var failure: Failure? { self.box.failure.withLock { $0 } }

    var wantsLiterals: Bool { true }

    func demand(for message: Message, session: ConnectionID) -> TextDemand {
        self.sink.demand(for: message, session: session)
    }

    func message(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
        self.sink.message(message, text: text, session: session)
    }

    func announced(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
        self.sink.announced(message, text: text, session: session)
    }

    func literal(_ piece: LiteralPiece, octets: RawSpan, session: ConnectionID) {
        self.sink.literal(piece, octets: octets, session: session)
    }

    func event(_ event: SessionEvent, session: ConnectionID) { self.sink.event(event, session: session) }

    /// Nothing waits here for long: the store commits by itself.
    func flush() {}

    func end() { self.sink.end() }
}

/// Where another thread leaves what went wrong.
private final class StoreFailureBox: Sendable {
    let failure = Mutex<Failure?>(nil)
}
