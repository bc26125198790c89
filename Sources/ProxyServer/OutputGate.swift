import NIOConcurrencyHelpers

/// Holds an output back for a while: a person is asked something on the terminal to which it goes.
public final class OutputGate: Sendable {
    private let isOpen = ConditionLock(value: true)

    public init() {}

    /// Nothing passes from now on, but what is being written.
    public func hold() {
        self.isOpen.lock()
        self.isOpen.unlock(withValue: false)
    }

    public func release() {
        self.isOpen.lock()
        self.isOpen.unlock(withValue: true)
    }

    /// Returns when the gate is open.
    func pass() {
        self.isOpen.lock(whenValue: true)
        self.isOpen.unlock()
    }
}
