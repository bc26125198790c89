/// How much a mechanism that rests on a password gives away, against others of its kind. Those that need something else of
/// the user, such as a certificate or a ticket, cannot be compared.
struct MechanismRank: Comparable {
    let name: String
    private let rank: Int

    /// Nil for what cannot be compared.
    init?(_ name: String) {
        self.name = name
        // The hash counts less than the binding: with it a stranger in the middle cannot log in.
        let plus = name.hasSuffix("-PLUS") ? 10 : 0
        switch name.hasSuffix("-PLUS") ? String(name.dropLast(5)) : name {
        case AuthenticationAttempt.loginCommand, "PLAIN", "LOGIN": self.rank = 0
        case "CRAM-MD5", "DIGEST-MD5", "NTLM": self.rank = 1
        case "SCRAM-SHA-1": self.rank = 2 + plus
        case "SCRAM-SHA-256": self.rank = 3 + plus
        case "SCRAM-SHA-512", "SCRAM-SHA3-512": self.rank = 4 + plus
        default: return nil
        }
    }

    var needsTLS: Bool { self.rank >= 10 }

    static func < (one: MechanismRank, other: MechanismRank) -> Bool { one.rank < other.rank }
    static func == (one: MechanismRank, other: MechanismRank) -> Bool { one.rank == other.rank }
}
