extension Specification {
    /// RFC 3501 sections 2.3.2 and 6.4: message commands, FETCH items and flags.
    static let imap4rev1Messages = Specification(
        "RFC 3501",
        "IMAP4rev1: messages",
        [
            .command("SEARCH", "searches for messages"),
            .command("FETCH", "asks for message data"),
            .command("STORE", "changes flags"),
            .command("COPY", "copies messages to another mailbox"),
            .fetch("ALL", "flags, arrival date, size and envelope"),
            .fetch("FAST", "flags, arrival date and size"),
            .fetch("FULL", "flags, arrival date, size, envelope and body structure"),
            .fetch("FLAGS", "flags"),
            .fetch("UID", "UID"),
            .fetch("INTERNALDATE", "arrival date"),
            .fetch("RFC822.SIZE", "size"),
            .fetch("ENVELOPE", "envelope"),
            .fetch("BODY", "short body structure"),
            .fetch("BODYSTRUCTURE", "body structure"),
            .fetch("BODY.PEEK", "a part of the message, without marking it read"),
            .fetch("RFC822", "full text"),
            .fetch("RFC822.HEADER", "header"),
            .fetch("RFC822.TEXT", "body text"),
            .flag("\\Seen", "read"),
            .flag("\\Answered", "answered"),
            .flag("\\Flagged", "flagged"),
            .flag("\\Deleted", "marked for removal"),
            .flag("\\Draft", "draft"),
            .flag("\\Recent", "new to this session"),
            .flag("\\*", "new keywords may be made"),
        ]
    )
}
