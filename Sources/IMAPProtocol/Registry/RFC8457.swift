extension Specification {
    /// RFC 8457, $Important and \\Important.
    static let importantMailbox = Specification(
        "RFC 8457",
        "Important messages",
        [
            RegistryRow(
                .mailboxAttribute,
                #"\Important"#,
                "holds important mail",
                shape: #"\Important"#,
                section: "3",
                related: ["$Important", "SPECIAL-USE"]
            ),
            RegistryRow(
                .flag,
                "$Important",
                "important",
                shape: "$Important",
                section: "2",
                related: [#"\Important"#, #"\Flagged"#]
            ),
        ]
    )
}
