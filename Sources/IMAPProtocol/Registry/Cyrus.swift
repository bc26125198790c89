extension Specification {
    /// Cyrus, Cyrus and the drafts it follows.
    static let cyrus = Specification(
        "Cyrus",
        "Cyrus and the drafts it follows",
        [
            .command("GETANNOTATION", "reads annotations (old form)"),
            .command("SETANNOTATION", "writes annotations (old form)"),
            .response("ANNOTATION", "annotations (old form)"),
            .capability("ANNOTATEMORE", "annotations (old form)"),
            .capability("X-REPLICATION", "replication between servers"),
            .capability("X-SIEVE-MAILBOX", "Sieve scripts in mailboxes"),
            .capability("X-CREATEDMODSEQ", "messages tell their first mod-sequence"),
            .capability("XUSERGROUPS", "groups in access rights"),
            .capability("DIGEST=SHA1", "message digests can be asked for"),
            .capability("NO_ATOMIC_RENAME", "renaming a tree is not one step"),
            .capability("MUPDATE", "member of a mailbox cluster"),
            .capability("SORT=MODSEQ", "sorting by mod-sequence"),
            .capability("SORT=UID", "sorting by UID"),
            .fetch("DIGEST.SHA1", "SHA-1 digest"),
            .fetch("RFC822.SHA1", "SHA-1 digest"),
            .fetch("RFC822.FILESIZE", "size of the stored file"),
            .fetch("CID", "conversation id"),
        ]
    )
}
