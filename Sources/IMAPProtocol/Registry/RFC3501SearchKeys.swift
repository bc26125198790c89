extension Specification {
    /// RFC 3501 section 6.4.4.
    ///
    /// The sentences follow the word "messages".
    static let imap4rev1SearchKeys = Specification(
        "RFC 3501",
        "IMAP4rev1: SEARCH keys",
        [
            .search("ALL", "in the mailbox"),
            .search("ANSWERED", "that are answered"),
            .search("BCC", "whose Bcc contains a text"),
            .search("BEFORE", "that arrived before a date"),
            .search("BODY", "whose body contains a text"),
            .search("CC", "whose Cc contains a text"),
            .search("DELETED", "that are marked deleted"),
            .search("DRAFT", "that are drafts"),
            .search("FLAGGED", "that are flagged"),
            .search("FROM", "whose From contains a text"),
            .search("HEADER", "with a header field that contains a text"),
            .search("KEYWORD", "with a keyword"),
            .search("LARGER", "larger than a size"),
            .search("NEW", "that are new and unread"),
            .search("NOT", "except those of the next key"),
            .search("OLD", "that are not recent"),
            .search("ON", "that arrived on a date"),
            .search("OR", "that match one of two keys"),
            .search("RECENT", "that are recent"),
            .search("SEEN", "that are read"),
            .search("SENTBEFORE", "dated before a date"),
            .search("SENTON", "dated on a date"),
            .search("SENTSINCE", "dated on or after a date"),
            .search("SINCE", "that arrived on or after a date"),
            .search("SMALLER", "smaller than a size"),
            .search("SUBJECT", "whose Subject contains a text"),
            .search("TEXT", "that contain a text"),
            .search("TO", "whose To contains a text"),
            .search("UID", "with certain UIDs"),
            .search("UNANSWERED", "that are not answered"),
            .search("UNDELETED", "that are not marked deleted"),
            .search("UNDRAFT", "that are not drafts"),
            .search("UNFLAGGED", "that are not flagged"),
            .search("UNKEYWORD", "without a keyword"),
            .search("UNSEEN", "that are unread"),
        ]
    )
}
