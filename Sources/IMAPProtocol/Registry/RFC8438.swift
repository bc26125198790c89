extension Specification {
    /// RFC 8438, STATUS=SIZE.
    static let statusSize = Specification(
        "RFC 8438",
        "STATUS=SIZE",
        [
            RegistryRow(
                .capability,
                "STATUS=SIZE",
                "STATUS can tell the size of a mailbox",
                shape: "STATUS=SIZE",
                section: "3",
                related: ["STATUS"]
            ),
            RegistryRow(
                .statusItem,
                "SIZE",
                "octets in all",
                shape: "SIZE SP number64",
                section: "3",
                also: "RFC 9051 section 6.3.11",
                related: ["RFC822.SIZE", "QUOTA"]
            ),
        ]
    )
}
