import NIOPosix
import Synchronization
import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Writes octets to a file, a pipe or a terminal from a thread of its own, so that a slow reader slows nothing but itself,
/// or, where nothing may be lost, the traffic.
public final class FileOutput: Sendable {
    /// What happens when the reader is slower than the traffic.
    public enum SlowPolicy: Sendable {
        /// Asks for the traffic to pause.
        case pause
        /// Drops what does not fit, and counts it.
        case drop
    }

    /// What its owner should know or do. Told on any thread; never while a lock is held.
    public enum Notice: Sendable, Hashable {
        case blocked
        case unblocked
        /// Octets that were dropped since the last such notice; the reader keeps up again.
        case dropped(octets: Int)
        /// The reader is gone (EPIPE). Nothing more is written.
        case readerGone
        /// Nothing more is written.
        case failed(errno: Int32)
        /// Reopening the path failed; the old file is still written to.
        case notReopened(errno: Int32)
    }

    private struct State {
        var pending: [UInt8] = []
        var isWriting = false
        var isBlocked = false
        var hasEnded = false
        var dropped = 0
        var reopens = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// The queue asks for a pause above, and for traffic again below.
    private static let high = 4 << 20
    private static let low = 1 << 20
    /// What a paused connection may still deliver is bounded; beyond this it is dropped even so.
    private static let limit = 64 << 20

    private let path: String?
    private let descriptor: Mutex<Int32>
    private let policy: SlowPolicy
    private let notice: @Sendable (Notice) -> Void
    private let state = Mutex(State())
    private let thread = NIOThreadPool(numberOfThreads: 1)

    /// Writes to an open descriptor, which stays open: standard output.
    public init(descriptor: Int32, policy: SlowPolicy, notice: @escaping @Sendable (Notice) -> Void) {
        self.path = nil
        self.descriptor = Mutex(descriptor)
        self.policy = policy
        self.notice = notice
        self.thread.start()
    }

    /// Creates or appends to the file at `path`: mode 0600, following no symbolic link.
    public init(path: String, policy: SlowPolicy, notice: @escaping @Sendable (Notice) -> Void) throws(OutputError) {
        self.path = path
        self.descriptor = Mutex(try Self.open(path))
        self.policy = policy
        self.notice = notice
        self.thread.start()
    }

    /// Takes octets: whole lines, so that a drop never cuts one. Safe from any thread, never waits for the file.
    public func write(_ bytes: RawSpan) {
        let (start, notice) = self.state.withLock { state -> (Bool, Notice?) in
            guard !state.hasEnded else { return (false, nil) }
            let limit = self.policy == .drop ? Self.high : Self.limit
            guard state.pending.count + bytes.byteCount <= limit || state.pending.isEmpty else {
                state.dropped += bytes.byteCount
                return (false, nil)
            }
            bytes.withUnsafeBytes { state.pending.append(contentsOf: $0) }
            var notice: Notice?
            if self.policy == .pause, !state.isBlocked, state.pending.count > Self.high {
                state.isBlocked = true
                notice = .blocked
            }
            let start = !state.isWriting
            state.isWriting = true
            return (start, notice)
        }
        if let notice { self.notice(notice) }
        if start { self.startWriting() }
    }

    /// Closes the file and opens its path again, after what was written before: log rotation.
    public func reopen() {
        guard self.path != nil else { return }
        let start = self.state.withLock { state in
            state.reopens = true
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if start { self.startWriting() }
    }

    /// Octets dropped and not told yet.
    public var dropped: Int { self.state.withLock { $0.dropped } }

    /// Returns when everything taken so far has been written.
    public func settled() async {
        await withCheckedContinuation { continuation in
            let isIdle = self.state.withLock { state in
                if state.isWriting { state.waiting.append(continuation) }
                return !state.isWriting
            }
            if isIdle { continuation.resume() }
        }
    }

    /// Returns when everything taken so far has been written, and writes nothing more.
    public func close() async {
        await self.settled()
        self.state.withLock { $0.hasEnded = true }
        if self.path != nil { self.descriptor.withLock { _ = Self.closeDescriptor($0) } }
        try? await self.thread.shutdownGracefully()
    }

    // MARK: - The writer's thread

    private func startWriting() {
        self.thread.submit { _ in self.writeAll() }
    }

    private func writeAll() {
        while true {
            // A turn of the event loop, or a few, makes one write: waking for every message would cost more than it.
            usleep(1_000)
            let (batch, reopens, ended) = self.state.withLock {
                state -> ([UInt8], Bool, [CheckedContinuation<Void, Never>]) in
                let batch = state.pending
                state.pending = []
                let reopens = state.reopens
                state.reopens = false
                guard batch.isEmpty, !reopens else { return (batch, reopens, []) }
                state.isWriting = false
                defer { state.waiting = [] }
                return ([], false, state.waiting)
            }
            if batch.isEmpty, !reopens {
                for continuation in ended { continuation.resume() }
                return
            }
            if !batch.isEmpty { self.writeOut(batch) }
            if reopens { self.openAgain() }
            self.tellRecovery()
        }
    }

    private func tellRecovery() {
        let notices = self.state.withLock { state -> [Notice] in
            guard state.pending.count <= Self.low else { return [] }
            var notices: [Notice] = []
            if state.isBlocked { notices.append(.unblocked) }
            if state.dropped > 0 { notices.append(.dropped(octets: state.dropped)) }
            state.isBlocked = false
            state.dropped = 0
            return notices
        }
        for notice in notices { self.notice(notice) }
    }

    private func writeOut(_ batch: [UInt8]) {
        let failure = batch.withUnsafeBytes { bytes -> Int32? in
            var written = 0
            while written < bytes.count {
                let count = self.descriptor.withLock { descriptor in
                    sys_write(descriptor, bytes.baseAddress! + written, bytes.count - written)
                }
                if count >= 0 {
                    written += count
                } else if errno == EAGAIN {
                    // Somebody made the terminal non-blocking: wait for room.
                    var poller = pollfd(fd: self.descriptor.withLock { $0 }, events: Int16(POLLOUT), revents: 0)
                    poll(&poller, 1, -1)
                } else if errno != EINTR {
                    return errno
                }
            }
            return nil
        }
        guard let failure else { return }
        let wasBlocked = self.state.withLock { state in
            state.hasEnded = true
            state.pending = []
            defer { state.isBlocked = false }
            return state.isBlocked
        }
        self.notice(failure == EPIPE ? .readerGone : .failed(errno: failure))
        if wasBlocked { self.notice(.unblocked) }
    }

    private func openAgain() {
        guard let path = self.path else { return }
        do throws(OutputError) {
            let new = try Self.open(path)
            let old = self.descriptor.withLock { descriptor in
                defer { descriptor = new }
                return descriptor
            }
            _ = Self.closeDescriptor(old)
        } catch {
            self.notice(.notReopened(errno: error.errno))
        }
    }

    // MARK: - Files

    private static func open(_ path: String) throws(OutputError) -> Int32 {
        let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW
        let descriptor = sys_open(path, flags, 0o600)
        guard descriptor >= 0 else { throw OutputError(path: path, errno: errno) }
        return descriptor
    }

    private static func closeDescriptor(_ descriptor: Int32) -> Int32 {
        sys_close(descriptor)
    }
}

/// An output file that could not be opened. ELOOP: the path is a symbolic link.
public struct OutputError: Error, Sendable, Hashable {
    public var path: String
    public var errno: Int32

    public init(path: String, errno: Int32) {
        self.path = path
        self.errno = errno
    }
}

private func sys_write(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}

private func sys_open(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
    open(path, flags, mode)
}

private func sys_close(_ descriptor: Int32) -> Int32 {
    close(descriptor)
}
