extension Specification {
    /// RFC 3502, MULTIAPPEND.
    static let multiAppend = Specification(
        "RFC 3502",
        "MULTIAPPEND",
        [
            RegistryRow(
                .capability,
                "MULTIAPPEND",
                "several messages in one APPEND",
                shape: "MULTIAPPEND",
                section: "6.3.11",
                remark: "nothing is stored until all messages are there; a literal of zero octets aborts",
                related: ["APPEND", "CATENATE"]
            )
        ]
    )
}
