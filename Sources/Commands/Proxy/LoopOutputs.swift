import IMAPSession
import Masking
import ProxyServer
import Reporting
import Traffic

/// What the sessions of one event loop speak to: each its own masking stage, all the same sinks.
final class LoopOutputs: SessionOutputs {
    private let sinks: [any BufferedSink]
    private let reveals: Bool

    init(sinks: [any BufferedSink], reveals: Bool) {
        self.sinks = sinks
        self.reveals = reveals
    }

    func observer(for connection: ConnectionID) -> any SessionObserver {
        MaskingStage(connection: connection, sinks: self.sinks, reveal: self.reveals)
    }

    func flush() {
        for sink in self.sinks { sink.flush() }
    }
}
