extension Specification {
    /// RFC 3502, MULTIAPPEND.
    static let multiAppend = Specification(
        "RFC 3502",
        "MULTIAPPEND",
        [
            .capability("MULTIAPPEND", "several messages in one APPEND")
        ]
    )
}
