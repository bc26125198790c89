import IMAPSession
import Reporting
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Hands signals to a thread of their own, where any code may run, not only what is safe in a signal handler.
///
/// Start it before any other thread: threads inherit the mask that keeps the signals away from them.
enum SignalWatch {
    private final class Box: Sendable {
        let signals: [Int32]
        let body: @Sendable (Int32) -> Void

        init(signals: [Int32], body: @escaping @Sendable (Int32) -> Void) {
            self.signals = signals
            self.body = body
        }
    }

    /// Calls `body` on the watching thread for each of `signals` that arrives, from now on to the end of the process.
    static func start(_ signals: [Int32], _ body: @escaping @Sendable (Int32) -> Void) throws {
        self.block(signals)
        let box = Unmanaged.passRetained(Box(signals: signals, body: body))
        var thread = pthread_t()
        let result = pthread_create(
            &thread,
            nil,
            { context in
                guard let context else { return nil }
                SignalWatch.run(Unmanaged<Box>.fromOpaque(context).takeRetainedValue())
                return nil
            },
            box.toOpaque()
        )
        guard result == 0 else {
            box.release()
            throw Failure(.software, "cannot start a thread: \(systemErrorText(result))", blame: .imapscope)
        }
        pthread_detach(thread)
    }

    /// Keeps `signals` away from this thread and from those that it starts from now on.
    static func block(_ signals: [Int32]) {
        var mask = self.mask(of: signals)
        pthread_sigmask(SIG_BLOCK, &mask, nil)
    }

    private static func run(_ box: Box) {
        var mask = self.mask(of: box.signals)
        while true {
            var signal: Int32 = 0
            if sigwait(&mask, &signal) == 0 { box.body(signal) }
        }
    }

    private static func mask(of signals: [Int32]) -> sigset_t {
        var mask = sigset_t()
        sigemptyset(&mask)
        for signal in signals { sigaddset(&mask, signal) }
        return mask
    }
}

/// Remembers that a finite command shall stop, and wakes it up when it waits for input.
final class Interruption: Sendable {
    private let signal = Atomic<Int32>(0)
    /// A pipe whose read end becomes readable at the first signal.
    private let wakeInput: Int32
    private let wakeOutput: Int32

    /// Watches SIGINT and SIGTERM. A second signal ends the process at once, whatever it waits for.
    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw Failure(.software, "cannot watch signals: \(systemErrorText(errno))", blame: .imapscope)
        }
        self.wakeInput = ends[0]
        self.wakeOutput = ends[1]
        try SignalWatch.start([SIGINT, SIGTERM]) { signal in
            guard self.signal.compareExchange(expected: 0, desired: signal, ordering: .relaxed).exchanged else {
                _exit(128 + signal)
            }
            close(self.wakeOutput)
        }
    }

    /// The signal that arrived, or nil.
    var received: Int32? {
        let value = self.signal.load(ordering: .relaxed)
        return value == 0 ? nil : value
    }

    /// Waits until `descriptor` can be read without waiting; false when a signal came first.
    func awaitInput(on descriptor: Int32) -> Bool {
        var entries = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: self.wakeInput, events: Int16(POLLIN), revents: 0),
        ]
        while true {
            if self.received != nil { return false }
            let count = poll(&entries, 2, -1)
            if count < 0, errno == EINTR { continue }
            if entries[1].revents != 0 { return false }
            return true
        }
    }
}
