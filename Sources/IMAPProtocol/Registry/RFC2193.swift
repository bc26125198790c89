extension Specification {
    /// RFC 2193 and RFC 2221: the server sends the client elsewhere.
    static let referrals = Specification(
        "RFC 2193",
        "Referrals",
        [
            .command("RLIST", "lists mailboxes, also those on other servers"),
            .command("RLSUB", "lists subscribed mailboxes, also those on other servers"),
            .capability("MAILBOX-REFERRALS", "mailboxes may be on other servers"),
            .capability("LOGIN-REFERRALS", "a login may be sent to another server"),
            .code("REFERRAL", "the client should go to another server"),
        ]
    )
}
