import CaptureDecoding
import Dispatch
import Synchronization

/// Hands batches from the thread that takes packets apart to the one that reads sessions. Few are under way at once: who is
/// faster waits.
final class BatchQueue: Sendable {
    private struct State {
        var ready: [StreamBatch] = []
        /// Read ones, whose memory is used again.
        var spare: [StreamBatch] = []
        var end: PacketsEnd?
        var isAbandoned = false
    }

    private static let capacity = 4
    private let state = Mutex(State())
    /// Counts free places from 0 on: a semaphore that is released below the value it began with ends the program, and a
    /// queue that is given up may be released while it is full.
    private let room = DispatchSemaphore(value: 0)
    private let items = DispatchSemaphore(value: 0)

    init() {
        for _ in 0..<Self.capacity { self.room.signal() }
    }

    // MARK: - The thread that takes packets apart

    /// Whether nobody reads any more.
    var isAbandoned: Bool { self.state.withLock { $0.isAbandoned } }

    /// Leaves an empty batch. Waits for room, unless nobody reads any more: then the batch is dropped.
    func put(_ batch: inout StreamBatch) {
        if !self.isAbandoned { self.room.wait() }
        guard !self.isAbandoned else {
            batch.clear()
            return
        }
        let full = batch
        batch = self.state.withLock { $0.spare.popLast() ?? StreamBatch() }
        self.state.withLock { $0.ready.append(full) }
        self.items.signal()
    }

    /// Nothing comes any more.
    func end(_ end: PacketsEnd) {
        self.state.withLock { $0.end = end }
        self.items.signal()
    }

    // MARK: - The thread that reads sessions

    enum Item {
        case batch(StreamBatch)
        case end(PacketsEnd)
    }

    /// The next batch, as soon as there is one.
    ///
    /// - Parameter idle: called when there is none yet.
    func take(idle: () -> Void) -> Item {
        if self.items.wait(timeout: .now()) == .timedOut {
            idle()
            self.items.wait()
        }
        return self.state.withLock { state in
            if state.ready.isEmpty, let end = state.end { return .end(end) }
            return .batch(state.ready.removeFirst())
        }
    }

    /// A batch has been read.
    func giveBack(_ batch: consuming StreamBatch) {
        batch.clear()
        let empty = batch
        self.state.withLock { $0.spare.append(empty) }
        self.room.signal()
    }

    /// Nobody reads any more; whoever still puts something in is not kept waiting.
    func abandon() {
        self.state.withLock { $0.isAbandoned = true }
        self.room.signal()
    }
}
