/// A TLS handshake that a rule keeps from coming to its end.
public struct HandshakeFault: Sendable, Hashable {
    public enum Leg: String, Sendable, Hashable, CaseIterable {
        case client
        case upstream
    }

    public enum End: String, Sendable, Hashable, CaseIterable {
        /// Nothing is answered, and the connection stays.
        case stall
        case close
    }

    /// The name of the rule.
    public var rule: String
    public var leg: Leg
    public var by: End

    public init(rule: String, leg: Leg, by: End) {
        self.rule = rule
        self.leg = leg
        self.by = by
    }
}
