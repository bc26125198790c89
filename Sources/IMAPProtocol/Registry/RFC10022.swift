extension Specification {
    /// RFC 10022, UIDBATCHES.
    static let uidBatches = Specification(
        "RFC 10022",
        "UIDBATCHES",
        [
            RegistryRow(
                .command,
                "UIDBATCHES",
                "asks for UID ranges that split the mailbox into equal batches",
                shape: #"UIDBATCHES SP nz-number [SP nz-number ":" nz-number]"#,
                section: "3.1",
                states: .selected,
                related: ["TOOFEW", "TOOMANY", "UIDONLY"]
            ),
            RegistryRow(
                .response,
                "UIDBATCHES",
                "UID ranges of equal batches",
                shape: #""*" SP UIDBATCHES SP "(" TAG SP string ")" [SP uid-range *("," uid-range)]"#,
                section: "3",
                remark: "batches count from the newest message down",
                related: ["UID"]
            ),
            RegistryRow(
                .capability,
                "UIDBATCHES",
                "the mailbox can be split into batches of UIDs",
                shape: "UIDBATCHES",
                section: "3",
                related: ["UIDONLY", "PARTIAL"]
            ),
            RegistryRow(
                .code,
                "TOOFEW",
                "the batch size is too small",
                shape: #""[" TOOFEW "]""#,
                section: "3",
                related: ["UIDBATCHES", "TOOMANY"]
            ),
            RegistryRow(
                .code,
                "TOOMANY",
                "the range is too wide",
                shape: #""[" TOOMANY "]""#,
                section: "3",
                related: ["UIDBATCHES", "TOOFEW"]
            ),
        ]
    )
}
