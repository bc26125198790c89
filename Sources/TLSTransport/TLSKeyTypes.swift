/// The kinds of key that a certificate for one client can be for.
public struct TLSKeyTypes: OptionSet, Sendable, Hashable {
    public var rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// EC P-256: a signature costs a twentieth of what RSA takes.
    public static let ecdsa = TLSKeyTypes(rawValue: 1)
    /// For clients without elliptic curves.
    public static let rsa = TLSKeyTypes(rawValue: 2)
}
