public import Traffic

/// How the files that rules name with `from-file` are read: by whoever may read files. This part of the program does not.
public struct RuleAttachments: Sendable {
    /// Why a file was not read, one clause without octets of it.
    public struct Refusal: Error, Hashable, Sendable {
        public var reason: String

        public init(_ reason: String) { self.reason = reason }
    }

    let secret: @Sendable (_ path: String) throws(Refusal) -> Secret
    let octets: @Sendable (_ path: String, _ limit: Int) throws(Refusal) -> [UInt8]

    /// Paths come as the rule file says them.
    ///
    /// - Parameters:
    ///   - secret: reads the one line of a file that nobody but its owner can read, or says why not.
    ///   - octets: reads a file of no more octets than the limit.
    public init(
        secret: @escaping @Sendable (_ path: String) throws(Refusal) -> Secret,
        octets: @escaping @Sendable (_ path: String, _ limit: Int) throws(Refusal) -> [UInt8]
    ) {
        self.secret = secret
        self.octets = octets
    }

    /// Reads none.
    public static let none = RuleAttachments(
        secret: { (_) throws(Refusal) in throw Refusal("files named by rules are not read here") },
        octets: { (_, _) throws(Refusal) in throw Refusal("files named by rules are not read here") }
    )
}
