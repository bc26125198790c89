import Dispatch
import Synchronization

/// Runs asynchronous work from the main thread, which does nothing else meanwhile.
enum Blocking {
    private final class Slot<Value: Sendable>: Sendable {
        let value = Mutex<Value?>(nil)
    }

    static func run<Value: Sendable>(_ body: @escaping @Sendable () async -> Result<Value, any Error>) -> Result<
        Value, any Error
    > {
        let slot = Slot<Result<Value, any Error>>()
        let done = DispatchSemaphore(value: 0)
        Task.detached {
            let value = await body()
            slot.value.withLock { $0 = value }
            done.signal()
        }
        done.wait()
        return slot.value.withLock { $0 } ?? .failure(CancellationError())
    }
}
