import CaptureDecoding
import Dispatch
import Synchronization

/// What goes from one thread to the next.
protocol Batch: Sendable {
    init()
    mutating func clear()
}

extension StreamBatch: Batch {}
extension SessionBatch: Batch {}

/// Hands batches from one thread to the next. Few are under way at once: who is faster waits.
final class BatchQueue<Element: Batch, End: Sendable>: Sendable {
    private struct State {
        var ready: [Element] = []
        /// Read ones, whose memory is used again.
        var spare: [Element] = []
        var end: End?
        var isAbandoned = false
    }

    private static var capacity: Int { 4 }
    private let state = Mutex(State())
    /// Counts free places from 0 on: a semaphore that is released below the value it began with ends the program, and a
    /// queue that is given up may be released while it is full.
    private let room = DispatchSemaphore(value: 0)
    private let items = DispatchSemaphore(value: 0)

    init() {
        for _ in 0..<Self.capacity { self.room.signal() }
    }

    // MARK: - The thread that writes

    /// Whether nobody reads any more.
    var isAbandoned: Bool { self.state.withLock { $0.isAbandoned } }

    /// Leaves an empty batch. Waits for room, unless nobody reads any more: then the batch is dropped.
    func put(_ batch: inout Element) {
        if !self.isAbandoned { self.room.wait() }
        guard !self.isAbandoned else {
            batch.clear()
            return
        }
        let full = batch
        batch = self.state.withLock { state in
            state.ready.append(full)
            return state.spare.popLast() ?? Element()
        }
        self.items.signal()
        // Who made what it holds frees it: memory goes back to where it came from.
        batch.clear()
    }

    /// Nothing comes any more.
    func end(_ end: End) {
        self.state.withLock { $0.end = end }
        self.items.signal()
    }

    // MARK: - The thread that reads

    enum Item {
        case batch(Element)
        case end(End)
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
    func giveBack(_ batch: consuming Element) {
        let used = batch
        self.state.withLock { $0.spare.append(used) }
        self.room.signal()
    }

    /// Nobody reads any more; whoever still puts something in is not kept waiting.
    func abandon() {
        self.state.withLock { $0.isAbandoned = true }
        self.room.signal()
    }
}
