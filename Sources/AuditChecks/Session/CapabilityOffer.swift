public import Traffic

/// A list of capabilities as the server sent it.
public struct CapabilityOffer: Sendable, Hashable {
    public enum Place: Sendable, Hashable {
        case greeting
        /// `* CAPABILITY`
        case response
        /// The code of a tagged or untagged response behind the greeting.
        case code
    }

    public var place: Place
    /// In capitals, in the server's order.
    public var words: [String]
    /// Whether the server's leg was TLS.
    public var isSecure: Bool
    public var isAuthenticated: Bool
    public var isCompressed = false
    public var time: Timestamp

    public func contains(_ word: String) -> Bool { self.words.contains(word) }

    /// The mechanisms of `AUTH=`, in the server's order.
    public var mechanisms: [String] {
        self.words.compactMap { $0.hasPrefix("AUTH=") ? String($0.dropFirst(5)) : nil }
    }
}
