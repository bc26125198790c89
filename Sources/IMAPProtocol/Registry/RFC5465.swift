extension Specification {
    /// RFC 5465, NOTIFY.
    static let notify = Specification(
        "RFC 5465",
        "NOTIFY",
        [
            .command("NOTIFY", "chooses which changes the server pushes"),
            .capability("NOTIFY", "the server can push changes of any mailbox"),
            .code("NOTIFICATIONOVERFLOW", "too many changes; NOTIFY is now off"),
            .code("BADEVENT", "some NOTIFY events are not supported"),
            .attribute("\\NoAccess", "not accessible"),
        ]
    )
}
