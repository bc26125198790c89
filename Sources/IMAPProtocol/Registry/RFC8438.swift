extension Specification {
    /// RFC 8438, STATUS=SIZE.
    static let statusSize = Specification(
        "RFC 8438",
        "STATUS=SIZE",
        [
            .capability("STATUS=SIZE", "STATUS can tell the size of a mailbox"),
            .status("SIZE", "octets in all"),
        ]
    )
}
