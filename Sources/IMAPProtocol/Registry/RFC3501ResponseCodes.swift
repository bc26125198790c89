extension Specification {
    /// RFC 3501 section 7.1: what stands in brackets after OK, NO, BAD, BYE and PREAUTH.
    static let imap4rev1ResponseCodes = Specification(
        "RFC 3501",
        "IMAP4rev1: response codes",
        [
            RegistryRow(
                .code,
                "ALERT",
                "to be shown to the user",
                shape: #""[" ALERT "]""#,
                section: "7.1",
                also: "RFC 9051 section 7.1",
                related: ["WEBALERT"]
            ),
            RegistryRow(
                .code,
                "BADCHARSET",
                "the charset of the search is not supported",
                shape: #""[" BADCHARSET [SP "(" charset *(SP charset) ")"] "]""#,
                section: "7.1",
                also: "RFC 9051 section 7.1",
                related: ["SEARCH", "SORT", "THREAD"]
            ),
            RegistryRow(
                .code,
                "CAPABILITY",
                "server offers capabilities",
                shape: #""[" CAPABILITY 1*(SP capability) "]""#,
                section: "7.1",
                also: "RFC 9051 section 7.1",
                related: ["ENABLE"]
            ),
            RegistryRow(
                .code,
                "PARSE",
                "a stored message has a header that the server cannot parse",
                shape: #""[" PARSE "]""#,
                section: "7.1",
                also: "RFC 9051 section 7.1",
                related: ["ENVELOPE", "FETCH"]
            ),
            RegistryRow(
                .code,
                "PERMANENTFLAGS",
                "flags that can be saved",
                shape: #""[" PERMANENTFLAGS SP "(" [flag-perm *(SP flag-perm)] ")" "]""#,
                section: "7.1",
                also: "RFC 9051 section 7.1",
                related: ["FLAGS", #"\*"#, "STORE"]
            ),
            RegistryRow(
                .code,
                "READ-ONLY",
                "opened read-only",
                shape: #""[" READ-ONLY "]""#,
                section: "7.1",
                also: "RFC 9051 section 7.1",
                related: ["EXAMINE", "READ-WRITE"]
            ),
            RegistryRow(
                .code,
                "READ-WRITE",
                "opened for reading and writing",
                shape: #""[" READ-WRITE "]""#,
                section: "7.1",
                also: "RFC 9051 section 7.1",
                related: ["SELECT", "READ-ONLY"]
            ),
            RegistryRow(
                .code,
                "TRYCREATE",
                "the target mailbox is missing but could be created",
                shape: #""[" TRYCREATE "]""#,
                section: "7.1",
                also: "RFC 9051 section 7.1",
                related: ["APPEND", "COPY", "MOVE", "CREATE"]
            ),
            RegistryRow(
                .code,
                "UIDNEXT",
                "the next message gets at least this UID",
                shape: #""[" UIDNEXT SP nz-number "]""#,
                section: "7.1",
                also: "RFC 9051 section 7.1",
                related: ["UIDVALIDITY", "UID"]
            ),
            RegistryRow(
                .code,
                "UIDVALIDITY",
                "version of the mailbox's UIDs; when it changes, cached UIDs are void",
                shape: #""[" UIDVALIDITY SP nz-number "]""#,
                section: "7.1",
                also: "RFC 9051 section 7.1",
                related: ["UIDNEXT", "UID"]
            ),
            RegistryRow(
                .code,
                "UNSEEN",
                "first unread message",
                shape: #""[" UNSEEN SP nz-number "]""#,
                section: "7.1",
                remark: "not in IMAP4rev2 (RFC 9051 appendix E)",
                related: ["SELECT", #"\Seen"#]
            ),
        ]
    )
}
