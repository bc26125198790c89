extension Specification {
    /// RFC 2221: the account is on another server.
    static let loginReferrals = Specification(
        "RFC 2221",
        "Login referrals",
        [
            RegistryRow(
                .capability,
                "LOGIN-REFERRALS",
                "a login may be sent to another server",
                shape: "LOGIN-REFERRALS",
                section: "4",
                remark: "a client that follows a referral leaves the proxy",
                related: ["MAILBOX-REFERRALS"],
                brings: ["REFERRAL"]
            )
        ]
    )
}
