extension Specification {
    /// RFC 8440, LIST-MYRIGHTS.
    static let listRights = Specification(
        "RFC 8440",
        "LIST-MYRIGHTS",
        [
            RegistryRow(
                .capability,
                "LIST-MYRIGHTS",
                "LIST can return the user's rights",
                shape: "LIST-MYRIGHTS",
                section: "3",
                related: ["MYRIGHTS", "ACL"]
            ),
            RegistryRow(
                .listReturn,
                "MYRIGHTS",
                "a MYRIGHTS response for each mailbox",
                shape: "MYRIGHTS",
                section: "3",
                related: ["MYRIGHTS"]
            ),
        ]
    )
}
