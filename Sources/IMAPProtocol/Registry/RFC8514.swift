extension Specification {
    /// RFC 8514, SAVEDATE.
    static let saveDate = Specification(
        "RFC 8514",
        "SAVEDATE",
        [
            RegistryRow(
                .capability,
                "SAVEDATE",
                "tells when a message came into its mailbox",
                shape: "SAVEDATE",
                section: "4.1",
                related: ["INTERNALDATE"]
            ),
            RegistryRow(
                .fetchItem,
                "SAVEDATE",
                "date saved",
                shape: "SAVEDATE / answer: SAVEDATE SP (date-time / NIL)",
                section: "4.2",
                related: ["INTERNALDATE"]
            ),
            RegistryRow(
                .searchKey,
                "SAVEDBEFORE",
                "saved before a date",
                shape: "SAVEDBEFORE SP date",
                section: "4.3",
                related: ["SAVEDON", "BEFORE"]
            ),
            RegistryRow(
                .searchKey,
                "SAVEDON",
                "saved on a date",
                shape: "SAVEDON SP date",
                section: "4.3",
                related: ["SAVEDSINCE", "ON"]
            ),
            RegistryRow(
                .searchKey,
                "SAVEDSINCE",
                "saved on or after a date",
                shape: "SAVEDSINCE SP date",
                section: "4.3",
                related: ["SAVEDBEFORE", "SINCE"]
            ),
            RegistryRow(
                .searchKey,
                "SAVEDATESUPPORTED",
                "in a mailbox that keeps save dates",
                shape: "SAVEDATESUPPORTED",
                section: "4.3",
                related: ["SAVEDATE"]
            ),
        ]
    )
}
