extension Specification {
    /// RFC 6154, SPECIAL-USE.
    static let specialUse = Specification(
        "RFC 6154",
        "SPECIAL-USE",
        [
            .capability("SPECIAL-USE", "mailboxes tell what they are for"),
            .capability("CREATE-SPECIAL-USE", "CREATE can say what a mailbox is for"),
            .code("USEATTR", "the special use cannot be set"),
            .attribute("\\All", "holds all mail"),
            .attribute("\\Archive", "for the archive"),
            .attribute("\\Drafts", "for drafts"),
            .attribute("\\Flagged", "holds flagged mail"),
            .attribute("\\Junk", "for junk"),
            .attribute("\\Sent", "for sent mail"),
            .attribute("\\Trash", "for deleted mail"),
        ]
    )
}
