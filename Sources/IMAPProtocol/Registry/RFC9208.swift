extension Specification {
    /// RFC 9208, QUOTA.
    static let quota = Specification(
        "RFC 9208",
        "QUOTA",
        [
            .command("GETQUOTA", "asks for usage and limits of a quota"),
            .command("GETQUOTAROOT", "asks which quotas apply to a mailbox"),
            .command("SETQUOTA", "sets the limits of a quota"),
            .response("QUOTA", "usage and limits of a quota"),
            .response("QUOTAROOT", "quotas that apply to a mailbox"),
            .capability("QUOTA", "quotas can be asked for"),
            .capability("QUOTASET", "quotas can be set"),
            .capability("QUOTA=RES-STORAGE", "quota on storage"),
            .capability("QUOTA=RES-MESSAGE", "quota on messages"),
            .capability("QUOTA=RES-MAILBOX", "quota on mailboxes"),
            .capability("QUOTA=RES-ANNOTATION-STORAGE", "quota on annotations"),
            .status("DELETED-STORAGE", "octets marked deleted"),
            .resource("STORAGE", "KiB"),
            .resource("MESSAGE", "messages"),
            .resource("MAILBOX", "mailboxes"),
            .resource("ANNOTATION-STORAGE", "KiB of annotations"),
        ]
    )
}
