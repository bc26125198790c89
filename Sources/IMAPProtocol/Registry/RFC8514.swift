extension Specification {
    /// RFC 8514, SAVEDATE.
    static let saveDate = Specification(
        "RFC 8514",
        "SAVEDATE",
        [
            .capability("SAVEDATE", "tells when a message came into its mailbox"),
            .fetch("SAVEDATE", "date saved"),
            .search("SAVEDBEFORE", "saved before a date"),
            .search("SAVEDON", "saved on a date"),
            .search("SAVEDSINCE", "saved on or after a date"),
            .search("SAVEDATESUPPORTED", "in a mailbox that keeps save dates"),
        ]
    )
}
