import Dispatch
import SASL
import Synchronization

/// Verifies proofs on all processors: what a server's iteration count makes slow is done for many sessions at once.
final class VerificationPool: VerificationExecutor {
    private let queue = DispatchQueue(label: "imapscope.verification", attributes: .concurrent)

    func verify(_ work: @escaping @Sendable () -> Verdicts) -> any PendingVerdicts {
        let pending = Pending()
        self.queue.async { pending.finish(work()) }
        return pending
    }

    private final class Pending: PendingVerdicts {
        private let verdicts = Mutex<Verdicts?>(nil)
        private let isDone = DispatchSemaphore(value: 0)

        func finish(_ verdicts: Verdicts) {
            self.verdicts.withLock { $0 = verdicts }
            self.isDone.signal()
        }

        func wait() -> Verdicts {
            self.isDone.wait()
            // For whoever asks again.
            self.isDone.signal()
            return self.verdicts.withLock { $0 } ?? .unknown
        }
    }
}

extension Verdicts {
    fileprivate static let unknown = Verdicts(client: .notCheckable(reason: "the verification was given up"))
}
