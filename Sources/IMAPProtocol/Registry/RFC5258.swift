extension Specification {
    /// RFC 5258, LIST-EXTENDED.
    static let listExtended = Specification(
        "RFC 5258",
        "LIST-EXTENDED",
        [
            .capability("LIST-EXTENDED", "LIST takes options and several patterns"),
            .attribute("\\NonExistent", "does not exist"),
            .attribute("\\Subscribed", "subscribed"),
            .attribute("\\Remote", "on another server"),
        ]
    )
}
