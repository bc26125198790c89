extension Specification {
    /// RFC 2342, NAMESPACE.
    static let namespace = Specification(
        "RFC 2342",
        "NAMESPACE",
        [
            .command("NAMESPACE", "asks how names of personal, other users' and shared mailboxes begin"),
            .response("NAMESPACE", "how mailbox names begin"),
            .capability("NAMESPACE", "name prefixes can be asked for"),
        ]
    )
}
