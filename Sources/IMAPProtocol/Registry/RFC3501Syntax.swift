extension Specification {
    /// RFC 3501 sections 4 and 9: the forms that every line is made of.
    static let imap4rev1Syntax = Specification(
        "RFC 3501",
        "IMAP4rev1: forms on the wire",
        [
            RegistryRow(
                .syntax,
                "{n}",
                #"a literal of n octets; from the client it waits for the server's "+""#,
                shape: #""{" number "}" CRLF *CHAR8"#,
                section: "4.3",
                also: "RFC 9051 section 4.3",
                related: ["{n+}", "~{n}", "+", "LITERAL+"]
            ),
            RegistryRow(
                .syntax,
                "NIL",
                "no value, where a string or list may be missing; elsewhere an ordinary word",
                shape: "NIL",
                section: "4.5",
                also: "RFC 9051 section 4.5",
                related: ["ENVELOPE"]
            ),
            RegistryRow(
                .syntax,
                "sequence-set",
                "message numbers or UIDs: single, ranges, comma-separated",
                shape: #"(seq-number / seq-number ":" seq-number) *("," sequence-set)"#,
                section: "9",
                also: "RFC 9051 section 9",
                remark: "b:a is the same as a:b",
                related: ["*", "$", "UID"]
            ),
            RegistryRow(
                .syntax,
                "atom",
                "a word without spaces, brackets or quotes",
                shape: "1*ATOM-CHAR",
                section: "4.1",
                also: "RFC 9051 section 4.1",
                related: ["astring"]
            ),
            RegistryRow(
                .syntax,
                "astring",
                "a word, a quoted string or a literal",
                shape: "1*ASTRING-CHAR / quoted / literal",
                section: "9",
                also: "RFC 9051 section 9",
                related: ["atom", "{n}"]
            ),
            RegistryRow(
                .syntax,
                "INBOX",
                "the mailbox where mail arrives; the one name whose case does not matter",
                shape: "INBOX",
                section: "5.1",
                also: "RFC 9051 section 5.1",
                related: ["LIST", "NAMESPACE"]
            ),
        ]
    )
}
