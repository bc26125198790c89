extension Specification {
    /// RFC 9738, MESSAGELIMIT.
    static let messageLimit = Specification(
        "RFC 9738",
        "MESSAGELIMIT",
        [
            .capability("MESSAGELIMIT", "one command handles this many messages at most"),
            .capability("SAVELIMIT", "a saved search result holds this many messages at most"),
            .code("MESSAGELIMIT", "only part of the messages was handled"),
            .search("UIDAFTER", "with UIDs above a number"),
            .search("UIDBEFORE", "with UIDs below a number"),
        ]
    )
}
