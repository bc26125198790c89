extension Specification {
    /// RFC 3516, BINARY.
    static let binary = Specification(
        "RFC 3516",
        "BINARY",
        [
            RegistryRow(
                .capability,
                "BINARY",
                "parts can be sent decoded",
                shape: "BINARY",
                section: "4.1",
                remark: "brings literal8, ~{n}, in both directions",
                related: ["BODY", "APPEND"]
            ),
            RegistryRow(
                .fetchItem,
                "BINARY",
                "a part, decoded",
                shape:
                    #"BINARY "[" section-part "]" ["<" number "." nz-number ">"] / answer: BINARY "[" section-part "]" ["<" number ">"] SP (nstring / literal8)"#,
                section: "4.2",
                also: "RFC 9051 section 6.4.5",
                related: ["BINARY.PEEK", "BODY", "~{n}"]
            ),
            RegistryRow(
                .fetchItem,
                "BINARY.PEEK",
                "a part, decoded, without marking the message read",
                shape: #"BINARY.PEEK "[" section-part "]" ["<" number "." nz-number ">"]"#,
                section: "4.2",
                also: "RFC 9051 section 6.4.5",
                related: ["BINARY", "BODY.PEEK"]
            ),
            RegistryRow(
                .fetchItem,
                "BINARY.SIZE",
                "decoded size of a part",
                shape: #"BINARY.SIZE "[" section-part "]" / answer: BINARY.SIZE "[" section-part "]" SP number"#,
                section: "4.2",
                also: "RFC 9051 section 6.4.5",
                related: ["BINARY", "RFC822.SIZE"]
            ),
            RegistryRow(
                .code,
                "UNKNOWN-CTE",
                "the server cannot decode this part's transfer encoding",
                shape: #""[" UNKNOWN-CTE "]""#,
                section: "4.3",
                also: "RFC 9051 section 7.1",
                related: ["BINARY", "APPEND"]
            ),
            RegistryRow(
                .syntax,
                "~{n}",
                "a literal8: a literal that may hold NUL octets",
                shape: #""~{" number ["+"] "}" CRLF *OCTET"#,
                section: "4.4",
                also: "RFC 9051 section 4.3",
                related: ["{n}", "BINARY", "METADATA"]
            ),
        ]
    )
}
