extension Specification {
    /// RFC 9698, JMAPACCESS.
    static let jmapAccess = Specification(
        "RFC 9698",
        "JMAPACCESS",
        [
            .command("GETJMAPACCESS", "asks where the same mail is offered by JMAP"),
            .response("JMAPACCESS", "where the same mail is offered by JMAP"),
            .capability("JMAPACCESS", "the same mail is offered by JMAP"),
        ]
    )
}
