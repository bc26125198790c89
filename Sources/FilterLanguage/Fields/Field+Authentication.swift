import IMAPProtocol
import IMAPSession
import SASL

extension Field {
    /// How a login ended; facts of the message that ends it.
    static let ofAuthentications: [Field] = [
        .each("auth.mechanism", .keyword, "the SASL mechanism, or `LOGIN command`") { facts, test in
            facts.outcomes { test(.text($0.mechanism)) }
        },
        .each("auth.user", .string, "who wanted to log in") { facts, test in
            facts.outcomes { outcome in outcome.user.map { test(.text($0)) } ?? false }
        },
        .each("auth.authzid", .string, "the identity to act as, where the mechanism has one") { facts, test in
            facts.outcomes { outcome in outcome.authorizationIdentity.map { test(.text($0)) } ?? false }
        },
        .each(
            "auth.result",
            .keyword,
            "how it ended",
            values: ["OK", "NO", "BAD", "cancelled", "unfinished"],
            needs: .message
        ) { facts, test in
            facts.outcomes { outcome in
                test(.text(outcome.cancelled ? "cancelled" : outcome.status?.name ?? "unfinished"))
            }
        },
        .each(
            "auth.verified",
            .boolean,
            "whether the proof belongs to the given password (--passwords)",
            needs: .message
        ) { facts, test in
            facts.outcomes { outcome in
                switch outcome.verdict {
                case .verified: test(.boolean(true))
                case .wrong: test(.boolean(false))
                case .notCheckable, nil: false
                }
            }
        },
    ]
}
