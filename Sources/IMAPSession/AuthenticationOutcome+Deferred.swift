import IMAPProtocol
import SASL

extension AuthenticationOutcome {
    /// Puts the verdicts in their place, and waits for those that are still being computed.
    public mutating func settle() {
        guard let deferred = self.deferred else { return }
        let verdicts = deferred.pending.wait()
        self.verdict = verdicts.client
        self.serverVerdict = verdicts.server
        self.deferred = nil
    }
}

extension Message {
    /// The same for what follows from a message.
    public mutating func settleVerdicts() {
        for index in self.consequences.indices {
            guard case .authentication(var outcome) = self.consequences[index], outcome.deferred != nil else {
                continue
            }
            outcome.settle()
            self.consequences[index] = .authentication(outcome)
        }
    }
}
