extension Specification {
    /// RFC 4314, ACL.
    static let access = Specification(
        "RFC 4314",
        "ACL",
        [
            .command("GETACL", "asks who may do what in a mailbox"),
            .command("SETACL", "changes somebody's rights"),
            .command("DELETEACL", "removes somebody's rights"),
            .command("LISTRIGHTS", "asks which rights somebody could get"),
            .command("MYRIGHTS", "asks what the user may do in a mailbox"),
            .response("ACL", "rights in a mailbox"),
            .response("LISTRIGHTS", "rights that can be given"),
            .response("MYRIGHTS", "what the user may do"),
            .capability("ACL", "access rights can be read and changed"),
            .capability("RIGHTS", "further access rights"),
            .right("l", "see it in lists"),
            .right("r", "read"),
            .right("s", "keep the read state"),
            .right("w", "change flags"),
            .right("i", "add messages"),
            .right("p", "post"),
            .right("k", "create mailboxes below"),
            .right("x", "delete the mailbox"),
            .right("t", "mark deleted"),
            .right("e", "expunge"),
            .right("a", "administer"),
            .right("c", "create (obsolete)"),
            .right("d", "delete (obsolete)"),
        ]
    )
}
