extension Specification {
    /// RFC 4731, ESEARCH.
    static let esearch = Specification(
        "RFC 4731",
        "ESEARCH",
        [
            .response("ESEARCH", "search result in compact form"),
            .capability("ESEARCH", "search results in compact form"),
        ]
    )
}
