extension Specification {
    /// RFC 2193: a mailbox is on another server.
    static let mailboxReferrals = Specification(
        "RFC 2193",
        "Mailbox referrals",
        [
            RegistryRow(
                .command,
                "RLIST",
                "lists mailboxes, also those on other servers",
                shape: "RLIST SP mailbox SP list-mailbox",
                section: "5.1",
                states: .loggedIn,
                related: ["LIST", "REMOTE", "REFERRAL"]
            ),
            RegistryRow(
                .command,
                "RLSUB",
                "lists subscribed mailboxes, also those on other servers",
                shape: "RLSUB SP mailbox SP list-mailbox",
                section: "5.2",
                states: .loggedIn,
                related: ["LSUB", "REMOTE", "REFERRAL"]
            ),
            RegistryRow(
                .capability,
                "MAILBOX-REFERRALS",
                "mailboxes may be on other servers",
                shape: "MAILBOX-REFERRALS",
                section: "3",
                remark: "a client that follows a referral leaves the proxy",
                related: ["LOGIN-REFERRALS", "REMOTE"]
            ),
            RegistryRow(
                .code,
                "REFERRAL",
                "the client should go to another server",
                shape: #""[" REFERRAL 1*(SP imap-url) "]""#,
                section: "4",
                also: "RFC 2221 section 4",
                related: ["LOGIN-REFERRALS", "MAILBOX-REFERRALS"]
            ),
        ]
    )
}
