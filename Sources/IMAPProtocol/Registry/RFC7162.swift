extension Specification {
    /// RFC 7162, CONDSTORE and QRESYNC.
    static let conditionalStore = Specification(
        "RFC 7162",
        "CONDSTORE and QRESYNC",
        [
            .response("VANISHED", "messages are gone"),
            .capability("CONDSTORE", "every change has a mod-sequence"),
            .capability("QRESYNC", "a client can catch up with one command"),
            .code("HIGHESTMODSEQ", "highest mod-sequence of the mailbox"),
            .code("NOMODSEQ", "the mailbox has no mod-sequences"),
            .code("MODIFIED", "changed meanwhile and not updated"),
            .fetch("MODSEQ", "mod-sequence"),
            .search("MODSEQ", "changed since a mod-sequence"),
            .status("HIGHESTMODSEQ", "highest mod-sequence"),
        ]
    )
}
