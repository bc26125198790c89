/// How much work a peer can make us do: it chooses how often a password is hashed (RFC 5802 section 9).
public struct VerificationBudget: Sendable, Hashable {
    /// The most iterations of one computation.
    public var perExchange: Int
    /// What is left for all exchanges that share this budget.
    public var remaining: Int
    /// What need not be computed again; sessions of a run share it.
    public var known: SCRAMKeyCache?

    public init(perExchange: Int = 1_000_000, remaining: Int = 10_000_000) {
        self.perExchange = perExchange
        self.remaining = remaining
    }

    /// Takes `iterations` from what is left; else says why not.
    mutating func take(_ iterations: Int) -> Verdict? {
        guard iterations <= self.perExchange else {
            return .notCheckable(
                reason: "\(iterations) iterations are more than the \(self.perExchange) that are computed"
            )
        }
        guard iterations <= self.remaining else {
            return .notCheckable(reason: "\(iterations) iterations are more than what is left for this session")
        }
        self.remaining -= iterations
        return nil
    }
}
