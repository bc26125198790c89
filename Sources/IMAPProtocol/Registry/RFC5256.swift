extension Specification {
    /// RFC 5256, SORT and THREAD.
    static let sortAndThread = Specification(
        "RFC 5256",
        "SORT and THREAD",
        [
            RegistryRow(
                .command,
                "SORT",
                "searches and sorts messages",
                shape:
                    #"SORT [SP RETURN SP "(" [search-return-opt *(SP search-return-opt)] ")"] SP "(" sort-key *(SP sort-key) ")" SP charset 1*(SP search-key)"#,
                section: "3",
                states: .selected,
                related: ["SEARCH", "THREAD", "ESORT", "BADCHARSET", "UID"]
            ),
            RegistryRow(
                .command,
                "THREAD",
                "searches messages and groups them into threads",
                shape: "THREAD SP thread-alg SP charset 1*(SP search-key)",
                section: "3",
                states: .selected,
                related: ["SORT", "REFERENCES", "ORDEREDSUBJECT", "BADCHARSET", "UID"]
            ),
            RegistryRow(
                .response,
                "SORT",
                "matching messages in order",
                shape: #""*" SP SORT *(SP nz-number) [SP "(" MODSEQ SP mod-sequence-value ")"]"#,
                section: "4",
                related: ["ESORT"]
            ),
            RegistryRow(
                .response,
                "THREAD",
                "matching messages as threads",
                shape: #""*" SP THREAD [SP 1*thread-list]"#,
                section: "4",
                remark: "each pair of parentheses is a thread; numbers that follow each other are parent and child",
                related: ["THREAD=REFERENCES"]
            ),
            RegistryRow(
                .capability,
                "SORT",
                "the server can sort",
                shape: "SORT",
                section: "1",
                related: ["SORT=DISPLAY", "ESORT"],
                brings: ["SORT", "ARRIVAL", "CC", "DATE", "FROM", "SIZE", "SUBJECT", "TO", "REVERSE"]
            ),
            RegistryRow(
                .capability,
                "THREAD=ORDEREDSUBJECT",
                "threads by subject",
                shape: "THREAD=ORDEREDSUBJECT",
                section: "3",
                related: ["THREAD=REFERENCES"],
                brings: ["THREAD", "ORDEREDSUBJECT"]
            ),
            RegistryRow(
                .capability,
                "THREAD=REFERENCES",
                "threads by references",
                shape: "THREAD=REFERENCES",
                section: "3",
                related: ["THREAD=REFS"],
                brings: ["THREAD", "REFERENCES"]
            ),
            RegistryRow(
                .sortKey,
                "ARRIVAL",
                "arrival date",
                shape: "ARRIVAL",
                section: "3",
                related: ["INTERNALDATE", "DATE"]
            ),
            RegistryRow(
                .sortKey,
                "CC",
                "first address of Cc",
                shape: "CC",
                section: "3",
                related: ["TO", "FROM"]
            ),
            RegistryRow(
                .sortKey,
                "DATE",
                "date in the header",
                shape: "DATE",
                section: "3",
                related: ["ARRIVAL"]
            ),
            RegistryRow(
                .sortKey,
                "FROM",
                "first address of From",
                shape: "FROM",
                section: "3",
                related: ["DISPLAYFROM"]
            ),
            RegistryRow(
                .sortKey,
                "REVERSE",
                "the next key, turned round",
                shape: "REVERSE SP sort-key",
                section: "3",
                related: ["SORT"]
            ),
            RegistryRow(
                .sortKey,
                "SIZE",
                "size",
                shape: "SIZE",
                section: "3",
                related: ["RFC822.SIZE"]
            ),
            RegistryRow(
                .sortKey,
                "SUBJECT",
                "subject without Re: and Fwd:",
                shape: "SUBJECT",
                section: "3",
                related: ["SORT"]
            ),
            RegistryRow(
                .sortKey,
                "TO",
                "first address of To",
                shape: "TO",
                section: "3",
                related: ["DISPLAYTO"]
            ),
            RegistryRow(
                .threadAlgorithm,
                "ORDEREDSUBJECT",
                "messages of one subject, by date",
                shape: "ORDEREDSUBJECT",
                section: "3",
                related: ["REFERENCES"]
            ),
            RegistryRow(
                .threadAlgorithm,
                "REFERENCES",
                "by References and In-Reply-To, then by subject",
                shape: "REFERENCES",
                section: "3",
                related: ["ORDEREDSUBJECT", "REFS"]
            ),
        ]
    )
}
