import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Waits for SIGINT or SIGTERM; a second one ends the process at once. SIGUSR1 reopens the output files.
final class StopSignal: Sendable {
    /// To be blocked before the first thread starts: a thread that has not blocked them dies of them.
    static let signals = [SIGINT, SIGTERM, SIGUSR1]

    private let stream: AsyncStream<Int32>

    init(reopen: @escaping @Sendable () -> Void) throws {
        let (stream, continuation) = AsyncStream<Int32>.makeStream()
        self.stream = stream
        let hasStopped = Flag()
        try SignalWatch.start(Self.signals) { signal in
            if signal == SIGUSR1 {
                reopen()
                return
            }
            if hasStopped.value.exchange(true, ordering: .relaxed) { _exit(128 + signal) }
            continuation.yield(signal)
        }
    }

    /// Returns when the first signal has come.
    func received() async {
        for await _ in self.stream { return }
    }

    private final class Flag: Sendable {
        let value = Atomic(false)
    }
}
