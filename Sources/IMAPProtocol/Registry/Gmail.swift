extension Specification {
    /// Gmail, Gmail extensions.
    static let gmail = Specification(
        "Gmail",
        "Gmail extensions",
        [
            .command("XLIST", "lists mailboxes with their special uses"),
            .response("XLIST", "a mailbox and its properties"),
            .capability("X-GM-EXT-1", "Gmail labels, threads and search"),
            .capability("XLIST", "LIST with special uses, before RFC 6154"),
            .capability("XYZZY", "nothing; an old joke"),
            .code("THROTTLED", "the server slows this account down"),
            .code("WEBALERT", "the user must visit a web page"),
            .fetch("X-GM-MSGID", "Gmail message id"),
            .fetch("X-GM-THRID", "Gmail thread id"),
            .fetch("X-GM-LABELS", "Gmail labels"),
            .search("X-GM-RAW", "that match a Gmail query"),
            .search("X-GM-MSGID", "with a Gmail message id"),
            .search("X-GM-THRID", "of a Gmail thread"),
            .search("X-GM-LABELS", "with a Gmail label"),
            .attribute("\\Inbox", "the inbox"),
            .attribute("\\AllMail", "holds all mail"),
            .attribute("\\Spam", "for junk"),
            .attribute("\\Starred", "holds flagged mail"),
        ]
    )
}
