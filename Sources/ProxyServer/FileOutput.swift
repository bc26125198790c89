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

    /// What its owner should know or do. Told on any thread; never while a lock of the output is held.
    public enum Notice: Sendable, Hashable {
        case blocked
        case unblocked
        /// So many octets were dropped in one place.
        case dropped(octets: Int)
        /// The reader is gone (EPIPE). Nothing more is written.
        case readerGone
        /// Nothing more is written, unless the path is opened again.
        case failed(errno: Int32)
        /// Opening the path again failed; the old file is still written to.
        case notReopened(errno: Int32)
    }

    /// What the output itself puts among the octets, so that a file tells its own story.
    public struct Marks: Sendable {
        /// The first octets of a new file that was opened after a rotation. Who writes begins the first file.
        public var beginning: [UInt8]
        /// Stands where octets were dropped; the argument says how many.
        public var gap: @Sendable (Int) -> [UInt8]

        public init(beginning: [UInt8] = [], gap: @escaping @Sendable (Int) -> [UInt8] = { _ in [] }) {
            self.beginning = beginning
            self.gap = gap
        }
    }

    private struct State {
        var pending: [UInt8] = []
        /// Taken and not written, `pending` included.
        var unwritten = 0
        var isWriting = false
        var isBlocked = false
        /// Nothing is taken any more.
        var hasFailed = false
        var isClosed = false
        /// Dropped behind the end of `pending`.
        var dropped = 0
        /// The octet of `pending` before which the path is opened again.
        var reopensAt: Int?
        var waiting: [Int: CheckedContinuation<Bool, Never>] = [:]
        var waiters = 0
    }

    /// Above so many unwritten octets a pause is asked for, below traffic again.
    private static let high = 4 << 20
    private static let low = 1 << 20
    /// What a paused connection may still deliver is bounded; beyond this it is dropped even so.
    private static let limit = 64 << 20

    /// Microseconds between two looks for something to write.
    private static let firstWait: UInt32 = 1_000
    private static let longWait: UInt32 = 5_000
    /// A batch below this is worth waiting for more.
    private static let smallBatch = 256 * 1024

    private let file: OutputDescriptor
    private let policy: SlowPolicy
    private let marks: Marks
    private let gate: OutputGate?
    private let notice: @Sendable (Notice) -> Void
    private let state = Mutex(State())
    private let thread = NIOThreadPool(numberOfThreads: 1)

    private init(
        file: OutputDescriptor,
        policy: SlowPolicy,
        marks: Marks,
        gate: OutputGate? = nil,
        notice: @escaping @Sendable (Notice) -> Void
    ) {
        self.file = file
        self.policy = policy
        self.marks = marks
        self.gate = gate
        self.notice = notice
        self.thread.start()
    }

    /// Writes to an open descriptor, which stays open: standard output.
    ///
    /// - Parameter gate: may hold the output back, which is a slow reader like any other.
    public convenience init(
        descriptor: Int32,
        policy: SlowPolicy,
        marks: Marks = Marks(),
        gate: OutputGate? = nil,
        notice: @escaping @Sendable (Notice) -> Void
    ) {
        let file = OutputDescriptor(descriptor: descriptor)
        self.init(file: file, policy: policy, marks: marks, gate: gate, notice: notice)
    }

    /// Creates the file at `path`, or empties it at the first write: mode 0600, following no symbolic link.
    public convenience init(
        path: String,
        policy: SlowPolicy,
        marks: Marks = Marks(),
        notice: @escaping @Sendable (Notice) -> Void
    ) throws(OutputError) {
        self.init(file: try OutputDescriptor(path: path), policy: policy, marks: marks, notice: notice)
    }

    /// Takes octets: whole lines, so that a drop never cuts one. Safe from any thread, never waits for the file.
    public func write(_ bytes: RawSpan) {
        let (start, notice) = self.state.withLock { state -> (Bool, Notice?) in
            guard !state.hasFailed, !state.isClosed else { return (false, nil) }
            let limit = self.policy == .drop ? Self.high : Self.limit
            // Once something is dropped everything is, until the writer comes: one gap, not many small ones.
            guard state.dropped == 0, state.unwritten + bytes.byteCount <= limit || state.unwritten == 0 else {
                state.dropped += bytes.byteCount
                return (false, nil)
            }
            bytes.withUnsafeBytes { state.pending.append(contentsOf: $0) }
            state.unwritten += bytes.byteCount
            var notice: Notice?
            if self.policy == .pause, !state.isBlocked, state.unwritten > Self.high {
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

    /// Closes the file and opens its path again, to append, between what was written before and what comes: log rotation.
    /// An output that failed goes on then.
    public func reopen() {
        guard self.file.path != nil else { return }
        let start = self.state.withLock { state in
            guard !state.isClosed else { return false }
            state.reopensAt = state.pending.count
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if start { self.startWriting() }
    }

    /// Returns when everything taken so far has been written.
    public func settled() async {
        _ = await self.isSettled(within: nil)
    }

    /// Writes what was taken, and takes nothing more.
    ///
    /// - Parameter patience: how long a reader may take nothing at all; nil waits for ever.
    /// - Returns: the octets that could not be written because the reader takes nothing. The output must not be used, and
    ///   its thread waits for the reader until the process ends.
    @discardableResult
    public func close(within patience: Duration? = nil) async -> Int {
        var before = self.state.withLock { $0.unwritten }
        while await !self.isSettled(within: patience) {
            let left = self.state.withLock { $0.unwritten }
            if left >= before { return left }
            before = left
        }
        let hadFailed = self.state.withLock { state in
            state.isClosed = true
            return state.hasFailed
        }
        if let errno = self.file.close(), !hadFailed { self.notice(.failed(errno: errno)) }
        try? await self.thread.shutdownGracefully()
        return 0
    }

    private func isSettled(within limit: Duration?) async -> Bool {
        await withCheckedContinuation { continuation in
            let number = self.state.withLock { state -> Int? in
                guard state.isWriting else { return nil }
                state.waiters += 1
                state.waiting[state.waiters] = continuation
                return state.waiters
            }
            guard let number else { return continuation.resume(returning: true) }
            guard let limit else { return }
            Task {
                try? await Task.sleep(for: limit)
                self.state.withLock { $0.waiting.removeValue(forKey: number) }?.resume(returning: false)
            }
        }
    }

    // MARK: - The writer's thread

    private struct Batch {
        var octets: [UInt8] = []
        var reopensAt: Int?
        var dropped = 0
    }

    private func startWriting() {
        self.thread.submit { _ in self.writeAll() }
    }

    private func writeAll() {
        var wait = Self.firstWait
        while true {
            // A turn of the event loop, or a few, makes one write: waking for every message would cost more than it.
            // While little comes, longer waits gather it; nobody sees the difference.
            usleep(wait)
            guard let batch = self.take() else { return }
            wait = batch.octets.count < Self.smallBatch ? Self.longWait : Self.firstWait
            if batch.dropped > 0 { self.notice(.dropped(octets: batch.dropped)) }
            if let position = batch.reopensAt {
                self.writeOut(batch.octets[..<position])
                self.openAgain()
                self.writeOut(batch.octets[position...])
            } else {
                self.writeOut(batch.octets[...])
            }
            self.tellRecovery()
        }
    }

    /// What is to be written next; nil when there is nothing.
    private func take() -> Batch? {
        let (batch, ended) = self.state.withLock { state -> (Batch?, [CheckedContinuation<Bool, Never>]) in
            guard !state.pending.isEmpty || state.reopensAt != nil || state.dropped > 0 else {
                state.isWriting = false
                defer { state.waiting = [:] }
                return (nil, Array(state.waiting.values))
            }
            var batch = Batch(octets: state.pending, reopensAt: state.reopensAt, dropped: state.dropped)
            state.pending = []
            state.reopensAt = nil
            state.dropped = 0
            if batch.dropped > 0 {
                let mark = self.marks.gap(batch.dropped)
                batch.octets += mark
                state.unwritten += mark.count
            }
            return (batch, [])
        }
        for continuation in ended { continuation.resume(returning: true) }
        return batch
    }

    private func tellRecovery() {
        let hasRecovered = self.state.withLock { state in
            guard state.isBlocked, state.unwritten <= Self.low else { return false }
            state.isBlocked = false
            return true
        }
        if hasRecovered { self.notice(.unblocked) }
    }

    private func writeOut(_ octets: ArraySlice<UInt8>) {
        guard !octets.isEmpty, !self.state.withLock({ $0.hasFailed }) else { return }
        self.gate?.pass()
        let failure = octets.withUnsafeBytes { bytes in
            self.file.write(bytes) { count in self.state.withLock { $0.unwritten = max($0.unwritten - count, 0) } }
        }
        guard let failure else { return }
        self.state.withLock { state in
            state.hasFailed = true
            state.pending = []
            state.unwritten = 0
            state.dropped = 0
            if state.reopensAt != nil { state.reopensAt = 0 }
        }
        self.notice(failure == EPIPE ? .readerGone : .failed(errno: failure))
    }

    private func openAgain() {
        guard let path = self.file.path else { return }
        do throws(OutputError) {
            let isNew = try self.file.reopen(path)
            let hadFailed = self.state.withLock { state in
                defer { state.hasFailed = false }
                return state.hasFailed
            }
            // A write that failed may have left half a line.
            let beginning = isNew ? self.marks.beginning : hadFailed ? [0x0A] : []
            self.state.withLock { $0.unwritten += beginning.count }
            self.writeOut(beginning[...])
        } catch {
            self.notice(.notReopened(errno: error.errno))
        }
    }
}
