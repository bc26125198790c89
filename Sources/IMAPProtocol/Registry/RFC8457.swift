extension Specification {
    /// RFC 8457, Important messages.
    static let importantMailbox = Specification(
        "RFC 8457",
        "Important messages",
        [
            .attribute("\\Important", "holds important mail"),
            .flag("$Important", "important"),
        ]
    )
}
