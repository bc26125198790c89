extension Specification {
    /// Dovecot.
    static let dovecot = Specification(
        "Dovecot",
        "Dovecot",
        [
            .capability("XDOVECOT", "Dovecot's administrative commands"),
            .capability("FILTER=SIEVE", "Sieve scripts can be run on messages"),
            .capability("SEARCH=X-MIMEPART", "search inside parts"),
            .capability("THREAD=REFS", "threads by references, without subjects"),
            .capability("SNIPPET=FUZZY", "preview, older form"),
            .capability("PREVIEW=FUZZY", "preview, older form"),
            .fetch("SNIPPET", "preview"),
            .fetch("X-GUID", "global identifier"),
            .fetch("X-MAILBOX", "mailbox name"),
            .fetch("X-REAL-UID", "UID in the real mailbox"),
            .fetch("X-SAVEDATE", "date saved"),
            .search("MIMEPART", "with a matching part"),
            .search("INTHREAD", "in threads that match"),
            .status("X-GUID", "global identifier"),
        ]
    )
}
