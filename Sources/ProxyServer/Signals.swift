import NIOPosix
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Turns signals into calls on an ordinary thread.
public enum Signals {
    /// The writing end of the pipe that the handler, which may do next to nothing, writes the signal's number to.
    private static let pipeEnd = Atomic<Int32>(-1)

    /// Calls `body` with each of `signals` that arrives, on a thread of its own, for the rest of the program; SIGPIPE is
    /// ignored from now on. Once only.
    public static func watch(_ signals: [Int32], _ body: @escaping @Sendable (Int32) -> Void) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        self.pipeEnd.store(ends[1], ordering: .sequentiallyConsistent)
        let reading = ends[0]
        let thread = NIOThreadPool(numberOfThreads: 1)
        thread.start()
        thread.submit { _ in
            var number: UInt8 = 0
            while true {
                let count = read(reading, &number, 1)
                if count == 1 { body(Int32(number)) } else if count == 0 || errno != EINTR { return }
            }
        }
        signal(SIGPIPE, SIG_IGN)
        for number in signals {
            signal(number) { number in
                let saved = errno
                var octet = UInt8(truncatingIfNeeded: number)
                _ = write(Signals.pipeEnd.load(ordering: .relaxed), &octet, 1)
                errno = saved
            }
        }
    }
}
