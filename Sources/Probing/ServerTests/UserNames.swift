extension ServerProbe {
    /// Whether the answer to a failed login tells if there is such a user.
    public static let userNames = ServerProbe(
        id: "user-names",
        title: "failed logins of an invented user and of the given one, compared",
        reference: "RFC 5530 section 3; CWE-204",
        remedy: "answer every failed login alike: NO [AUTHENTICATIONFAILED] and one text",
        failingLogins: 2
    ) { target in
        guard target.hasUser else {
            return .notCheckable("without --user there is nobody to compare an invented user with")
        }
        return target.underTLS { _, _ in
            .login(.invented) { first in
                guard let first else { return .notCheckable("no more logins may fail") }
                if first.isOK { return .vulnerable("an invented user was logged in: \(first.shown)") }
                return target.underTLS { _, _ in
                    .login(.wrongPassword) { second in
                        guard let second else { return .notCheckable("no more logins may fail") }
                        return Self.compare(first, second)
                    }
                }
            }
        }
    }

    private static func compare(_ invented: ProbeAnswer, _ known: ProbeAnswer) -> ProbeStep {
        if known.isOK { return .vulnerable("the given user was logged in with a random password: \(known.shown)") }
        guard let left = invented.final, let right = known.final else {
            return .notCheckable("the logins got \(invented.shown) and \(known.shown)")
        }
        let isAlike = left.status == right.status && left.code == right.code && left.text == right.text
        return isAlike
            ? .pass("both got “\(left.shown)”")
            : .weak("the invented user got “\(left.shown)”, the given one “\(right.shown)”")
    }
}
