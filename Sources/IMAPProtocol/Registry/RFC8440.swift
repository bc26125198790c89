extension Specification {
    /// RFC 8440, LIST-MYRIGHTS.
    static let listRights = Specification(
        "RFC 8440",
        "LIST-MYRIGHTS",
        [
            .capability("LIST-MYRIGHTS", "LIST can return the user's rights")
        ]
    )
}
