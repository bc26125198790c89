public import Traffic

/// One line of how a client's answer comes about.
public struct ComputationStep: Sendable {
    public enum Value: Sendable {
        /// Free of secrets.
        case text(String)
        /// What the client sends, or a hash on the way to it: guesses can be tried against it, but it is what was asked for.
        case proof(Secret)
        /// As good as the password.
        case secret(Secret)
    }

    /// What it is called in the specification.
    public var name: String
    /// How it is made.
    public var formula: String
    public var value: Value
    /// Whether the value is octets that are written in hexadecimal, not text.
    public var isBinary: Bool

    init(_ name: String, _ formula: String = "", _ value: Value, isBinary: Bool = false) {
        self.name = name
        self.formula = formula
        self.value = value
        self.isBinary = isBinary
    }
}

/// Why no answer can be computed.
public struct ComputationError: Error, Sendable, Hashable, CustomStringConvertible {
    public var description: String
    /// What to do about it.
    public var advice: String?

    init(_ description: String, advice: String? = nil) {
        self.description = description
        self.advice = advice
    }
}
