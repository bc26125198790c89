extension Specification {
    /// RFC 7888, LITERAL+ and LITERAL-.
    static let literals = Specification(
        "RFC 7888",
        "Non-synchronizing literals",
        [
            RegistryRow(
                .capability,
                "LITERAL+",
                "literals of any size without waiting",
                shape: "LITERAL+",
                section: "3",
                related: ["LITERAL-", "{n}"],
                brings: ["{n+}"]
            ),
            RegistryRow(
                .capability,
                "LITERAL-",
                "literals up to 4,096 octets without waiting",
                shape: "LITERAL-",
                section: "5",
                related: ["LITERAL+", "{n}", "TOOBIG"],
                brings: ["{n+}"]
            ),
            RegistryRow(
                .syntax,
                "{n+}",
                "a literal of n octets that does not wait for the server",
                shape: #""{" number "+}" CRLF *CHAR8"#,
                section: "3",
                remark: "from the client only; with LITERAL- or IMAP4rev2 up to 4096 octets",
                related: ["{n}", "LITERAL+", "LITERAL-"]
            ),
        ]
    )
}
