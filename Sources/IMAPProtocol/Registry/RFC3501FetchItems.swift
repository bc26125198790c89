extension Specification {
    /// RFC 3501 sections 6.4.5 and 7.4.2.
    static let imap4rev1FetchItems = Specification(
        "RFC 3501",
        "IMAP4rev1: FETCH items",
        [
            RegistryRow(
                .fetchItem,
                "ALL",
                "flags, arrival date, size and envelope",
                shape: "ALL",
                section: "6.4.5",
                also: "RFC 9051 section 6.4.5",
                remark: "stands alone, never in a list",
                related: ["FAST", "FULL"]
            ),
            RegistryRow(
                .fetchItem,
                "FAST",
                "flags, arrival date and size",
                shape: "FAST",
                section: "6.4.5",
                also: "RFC 9051 section 6.4.5",
                remark: "stands alone, never in a list",
                related: ["ALL", "FULL"]
            ),
            RegistryRow(
                .fetchItem,
                "FULL",
                "flags, arrival date, size, envelope and body structure",
                shape: "FULL",
                section: "6.4.5",
                also: "RFC 9051 section 6.4.5",
                remark: "stands alone, never in a list",
                related: ["ALL", "FAST"]
            ),
            RegistryRow(
                .fetchItem,
                "FLAGS",
                "flags",
                shape: #"FLAGS / answer: FLAGS SP "(" [flag *(SP flag)] ")""#,
                section: "6.4.5",
                also: "RFC 9051 section 6.4.5",
                related: ["STORE", "PERMANENTFLAGS"]
            ),
            RegistryRow(
                .fetchItem,
                "UID",
                "UID",
                shape: "UID / answer: UID SP nz-number",
                section: "6.4.5",
                also: "RFC 9051 section 6.4.5",
                related: ["UIDVALIDITY", "UIDNEXT"]
            ),
            RegistryRow(
                .fetchItem,
                "INTERNALDATE",
                "arrival date",
                shape: "INTERNALDATE / answer: INTERNALDATE SP date-time",
                section: "6.4.5",
                also: "RFC 9051 section 6.4.5",
                related: ["SAVEDATE", "APPEND"]
            ),
            RegistryRow(
                .fetchItem,
                "RFC822.SIZE",
                "size",
                shape: "RFC822.SIZE / answer: RFC822.SIZE SP number",
                section: "6.4.5",
                also: "RFC 9051 section 6.4.5",
                remark: "some servers estimate it; 63 bits in IMAP4rev2",
                related: ["BINARY.SIZE", "LARGER"]
            ),
            RegistryRow(
                .fetchItem,
                "ENVELOPE",
                "envelope",
                shape:
                    #"ENVELOPE / answer: ENVELOPE SP "(" date subject from sender reply-to to cc bcc in-reply-to message-id ")""#,
                section: "7.4.2",
                also: "RFC 9051 section 7.5.2",
                related: ["BODYSTRUCTURE", "HEADER.FIELDS"]
            ),
            RegistryRow(
                .fetchItem,
                "BODY",
                "short body structure",
                shape:
                    #"BODY / BODY "[" [section] "]" ["<" number "." nz-number ">"] / answer: BODY SP body, or BODY "[" [section] "]" ["<" number ">"] SP nstring"#,
                section: "6.4.5",
                also: "RFC 9051 section 6.4.5",
                remark: #"with a section it asks for text and sets \Seen, which BODY.PEEK does not"#,
                related: ["BODY.PEEK", "BODYSTRUCTURE", "HEADER", "TEXT", "MIME", #"\Seen"#]
            ),
            RegistryRow(
                .fetchItem,
                "BODYSTRUCTURE",
                "body structure",
                shape: "BODYSTRUCTURE / answer: BODYSTRUCTURE SP body",
                section: "7.4.2",
                also: "RFC 9051 section 7.5.2",
                related: ["BODY", "ENVELOPE"]
            ),
            RegistryRow(
                .fetchItem,
                "BODY.PEEK",
                "a part of the message, without marking it read",
                shape: #"BODY.PEEK "[" [section] "]" ["<" number "." nz-number ">"]"#,
                section: "6.4.5",
                also: "RFC 9051 section 6.4.5",
                remark: "the answer is named BODY[...]",
                related: ["BODY", "HEADER", "TEXT", "MIME"]
            ),
            RegistryRow(
                .fetchItem,
                "RFC822",
                "full text",
                shape: "RFC822 / answer: RFC822 SP nstring",
                section: "6.4.5",
                remark: "deprecated; BODY[] in IMAP4rev2",
                related: ["BODY", "BODY.PEEK"]
            ),
            RegistryRow(
                .fetchItem,
                "RFC822.HEADER",
                "header",
                shape: "RFC822.HEADER / answer: RFC822.HEADER SP nstring",
                section: "6.4.5",
                remark: "deprecated; BODY.PEEK[HEADER] in IMAP4rev2",
                related: ["BODY.PEEK", "HEADER"]
            ),
            RegistryRow(
                .fetchItem,
                "RFC822.TEXT",
                "body text",
                shape: "RFC822.TEXT / answer: RFC822.TEXT SP nstring",
                section: "6.4.5",
                remark: "deprecated; BODY[TEXT] in IMAP4rev2",
                related: ["BODY", "TEXT"]
            ),
            RegistryRow(
                .sectionPart,
                "HEADER",
                "the header of the message, or of a message inside it",
                shape: #""[" [part "."] HEADER "]""#,
                section: "6.4.5",
                also: "RFC 9051 section 6.4.5",
                related: ["BODY", "BODY.PEEK", "HEADER.FIELDS"]
            ),
            RegistryRow(
                .sectionPart,
                "HEADER.FIELDS",
                "the named fields of the header",
                shape: #""[" [part "."] HEADER.FIELDS SP "(" header-fld-name *(SP header-fld-name) ")" "]""#,
                section: "6.4.5",
                also: "RFC 9051 section 6.4.5",
                related: ["HEADER", "HEADER.FIELDS.NOT"]
            ),
            RegistryRow(
                .sectionPart,
                "HEADER.FIELDS.NOT",
                "the header without the named fields",
                shape: #""[" [part "."] HEADER.FIELDS.NOT SP "(" header-fld-name *(SP header-fld-name) ")" "]""#,
                section: "6.4.5",
                also: "RFC 9051 section 6.4.5",
                related: ["HEADER", "HEADER.FIELDS"]
            ),
            RegistryRow(
                .sectionPart,
                "TEXT",
                "the text of the message without its header",
                shape: #""[" [part "."] TEXT "]""#,
                section: "6.4.5",
                also: "RFC 9051 section 6.4.5",
                related: ["BODY", "HEADER"]
            ),
            RegistryRow(
                .sectionPart,
                "MIME",
                "the MIME header of a part",
                shape: #""[" part ".MIME]""#,
                section: "6.4.5",
                also: "RFC 9051 section 6.4.5",
                related: ["BODY", "HEADER"]
            ),
        ]
    )
}
