import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Waits for SIGINT or SIGTERM; a second one ends the process at once. SIGUSR1 reopens the output files, SIGHUP reads the rule
/// files again, and is also what a terminal sends that goes away, which ends the program like SIGTERM.
final class StopSignal: Sendable {
    /// To be blocked before the first thread starts: a thread that has not blocked them dies of them.
    static let signals = [SIGINT, SIGTERM, SIGUSR1, SIGHUP]

    private let stream: AsyncStream<Int32>

    init(reopen: @escaping @Sendable () -> Void, reload: @escaping @Sendable () -> Void) throws {
        let (stream, continuation) = AsyncStream<Int32>.makeStream()
        self.stream = stream
        let hasStopped = Flag()
        // nohup(1) ignores the signal: the program is to outlive its terminal.
        let isIgnored = unsafeBitCast(signal(SIGHUP, SIG_DFL), to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
        let endsWithTerminal = !isIgnored && Self.hasTerminal
        try SignalWatch.start(Self.signals) { signal in
            if signal == SIGUSR1 {
                reopen()
                return
            }
            if signal == SIGHUP, !endsWithTerminal || Self.hasTerminal {
                reload()
                return
            }
            if hasStopped.value.exchange(true, ordering: .relaxed) { _exit(128 + signal) }
            continuation.yield(signal)
        }
    }

    /// Whether the process has a terminal to which it belongs; tty(4): opening fails once it has hung up.
    private static var hasTerminal: Bool {
        let descriptor = open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return false }
        close(descriptor)
        return true
    }

    /// Returns when the first signal has come.
    func received() async {
        for await _ in self.stream { return }
    }

    private final class Flag: Sendable {
        let value = Atomic(false)
    }
}
