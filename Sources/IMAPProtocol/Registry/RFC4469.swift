extension Specification {
    /// RFC 4469, CATENATE.
    static let catenate = Specification(
        "RFC 4469",
        "CATENATE",
        [
            .capability("CATENATE", "messages can be put together from parts on the server"),
            .code("BADURL", "a URL could not be used"),
        ]
    )
}
