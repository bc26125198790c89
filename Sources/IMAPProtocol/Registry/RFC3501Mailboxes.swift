extension Specification {
    /// RFC 3501 sections 6.3, 6.4.1 to 6.4.3 and 7.2.2: mailboxes, their counters and attributes.
    static let imap4rev1Mailboxes = Specification(
        "RFC 3501",
        "IMAP4rev1: mailboxes",
        [
            .command("SELECT", "opens a mailbox for reading and writing"),
            .command("EXAMINE", "opens a mailbox read-only"),
            .command("CREATE", "creates a mailbox"),
            .command("DELETE", "deletes a mailbox"),
            .command("RENAME", "renames a mailbox"),
            .command("SUBSCRIBE", "adds a mailbox to the subscriptions"),
            .command("UNSUBSCRIBE", "removes a mailbox from the subscriptions"),
            .command("LIST", "lists mailboxes"),
            .command("LSUB", "lists subscribed mailboxes"),
            .command("STATUS", "asks for counters of a mailbox without opening it"),
            .command("APPEND", "uploads a message into a mailbox"),
            .command("CHECK", "asks the server to save the state of the mailbox"),
            .command("CLOSE", "closes the mailbox and removes messages marked deleted"),
            .command("EXPUNGE", "removes all messages marked deleted for good"),
            .status("MESSAGES", "messages"),
            .status("RECENT", "recent"),
            .status("UIDNEXT", "next UID"),
            .status("UIDVALIDITY", "UIDVALIDITY"),
            .status("UNSEEN", "unread"),
            .attribute("\\Noinferiors", "cannot have children"),
            .attribute("\\Noselect", "cannot be opened"),
            .attribute("\\Marked", "probably has new mail"),
            .attribute("\\Unmarked", "no new mail"),
        ]
    )
}
