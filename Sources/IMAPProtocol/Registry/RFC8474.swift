extension Specification {
    /// RFC 8474, OBJECTID.
    static let objectID = Specification(
        "RFC 8474",
        "OBJECTID",
        [
            .capability("OBJECTID", "mailboxes, messages and threads have permanent identifiers"),
            .capability("OBJECTID+", "identifiers in bundles (draft)"),
            .code("MAILBOXID", "permanent identifier of the mailbox"),
            .code("OBJECTID", "permanent identifiers (draft)"),
            .fetch("EMAILID", "permanent identifier"),
            .fetch("THREADID", "thread identifier"),
            .search("EMAILID", "with a permanent identifier"),
            .search("THREADID", "of a thread"),
            .status("MAILBOXID", "permanent identifier"),
        ]
    )
}
