extension Specification {
    /// RFC 3348, CHILDREN.
    static let children = Specification(
        "RFC 3348",
        "CHILDREN",
        [
            .capability("CHILDREN", "LIST tells which mailboxes have children"),
            .attribute("\\HasChildren", "has children"),
            .attribute("\\HasNoChildren", "no children"),
        ]
    )
}
