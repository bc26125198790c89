extension Specification {
    /// RFC 10022, UIDBATCHES.
    static let uidBatches = Specification(
        "RFC 10022",
        "UIDBATCHES",
        [
            .command("UIDBATCHES", "asks for UID ranges that split the mailbox into equal batches"),
            .response("UIDBATCHES", "UID ranges of equal batches"),
            .capability("UIDBATCHES", "the mailbox can be split into batches of UIDs"),
            .code("TOOFEW", "the batch size is too small"),
            .code("TOOMANY", "the range is too wide"),
        ]
    )
}
