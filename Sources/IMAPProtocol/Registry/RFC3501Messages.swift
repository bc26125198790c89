extension Specification {
    /// RFC 3501 section 6.4 and the flags of section 2.3.2.
    static let imap4rev1Messages = Specification(
        "RFC 3501",
        "IMAP4rev1: messages",
        [
            RegistryRow(
                .command,
                "SEARCH",
                "searches for messages",
                shape:
                    #"SEARCH [SP RETURN SP "(" [search-return-opt *(SP search-return-opt)] ")"] [SP CHARSET SP charset] 1*(SP search-key)"#,
                section: "6.4.4",
                states: .selected,
                also: "RFC 9051 section 6.4.4",
                related: ["ESEARCH", "SORT", "BADCHARSET", "UID"]
            ),
            RegistryRow(
                .command,
                "FETCH",
                "asks for message data",
                shape:
                    #"FETCH SP sequence-set SP (ALL / FULL / FAST / fetch-att / "(" fetch-att *(SP fetch-att) ")") [SP "(" fetch-modifier *(SP fetch-modifier) ")"]"#,
                section: "6.4.5",
                states: .selected,
                also: "RFC 9051 section 6.4.5",
                related: ["FLAGS", "ENVELOPE", "BODYSTRUCTURE", "BODY.PEEK", "CHANGEDSINCE", "UID"]
            ),
            RegistryRow(
                .command,
                "STORE",
                "changes flags",
                shape:
                    #"STORE SP sequence-set [SP "(" store-modifier *(SP store-modifier) ")"] SP ["+" / "-"] FLAGS [.SILENT] SP flag-list"#,
                section: "6.4.6",
                states: .selected,
                also: "RFC 9051 section 6.4.6",
                related: ["FLAGS", "PERMANENTFLAGS", "UNCHANGEDSINCE", "MODIFIED", "UID"]
            ),
            RegistryRow(
                .command,
                "COPY",
                "copies messages to another mailbox",
                shape: "COPY SP sequence-set SP mailbox",
                section: "6.4.7",
                states: .selected,
                also: "RFC 9051 section 6.4.7",
                related: ["MOVE", "COPYUID", "TRYCREATE", "UID"]
            ),
            RegistryRow(
                .storeItem,
                "FLAGS",
                "replaces the flags",
                shape: "FLAGS SP flag-list",
                section: "6.4.6",
                also: "RFC 9051 section 6.4.6",
                related: ["+FLAGS", "-FLAGS", "FLAGS.SILENT"]
            ),
            RegistryRow(
                .storeItem,
                "FLAGS.SILENT",
                "replaces the flags; the server need not report them",
                shape: "FLAGS.SILENT SP flag-list",
                section: "6.4.6",
                also: "RFC 9051 section 6.4.6",
                related: ["FLAGS", "STORE"]
            ),
            RegistryRow(
                .storeItem,
                "+FLAGS",
                "adds flags",
                shape: "+FLAGS SP flag-list",
                section: "6.4.6",
                also: "RFC 9051 section 6.4.6",
                related: ["-FLAGS", "FLAGS", "STORE"]
            ),
            RegistryRow(
                .storeItem,
                "+FLAGS.SILENT",
                "adds flags; the server need not report them",
                shape: "+FLAGS.SILENT SP flag-list",
                section: "6.4.6",
                also: "RFC 9051 section 6.4.6",
                related: ["+FLAGS", "STORE"]
            ),
            RegistryRow(
                .storeItem,
                "-FLAGS",
                "removes flags",
                shape: "-FLAGS SP flag-list",
                section: "6.4.6",
                also: "RFC 9051 section 6.4.6",
                related: ["+FLAGS", "FLAGS", "STORE"]
            ),
            RegistryRow(
                .storeItem,
                "-FLAGS.SILENT",
                "removes flags; the server need not report them",
                shape: "-FLAGS.SILENT SP flag-list",
                section: "6.4.6",
                also: "RFC 9051 section 6.4.6",
                related: ["-FLAGS", "STORE"]
            ),
            RegistryRow(
                .flag,
                #"\Seen"#,
                "read",
                shape: #"\Seen"#,
                section: "2.3.2",
                also: "RFC 9051 section 2.3.2",
                related: ["UNSEEN", "SEEN", "BODY.PEEK"]
            ),
            RegistryRow(
                .flag,
                #"\Answered"#,
                "answered",
                shape: #"\Answered"#,
                section: "2.3.2",
                also: "RFC 9051 section 2.3.2",
                related: ["ANSWERED"]
            ),
            RegistryRow(
                .flag,
                #"\Flagged"#,
                "flagged",
                shape: #"\Flagged"#,
                section: "2.3.2",
                also: "RFC 9051 section 2.3.2",
                related: ["FLAGGED"]
            ),
            RegistryRow(
                .flag,
                #"\Deleted"#,
                "marked for removal",
                shape: #"\Deleted"#,
                section: "2.3.2",
                also: "RFC 9051 section 2.3.2",
                related: ["EXPUNGE", "DELETED", "CLOSE"]
            ),
            RegistryRow(
                .flag,
                #"\Draft"#,
                "draft",
                shape: #"\Draft"#,
                section: "2.3.2",
                also: "RFC 9051 section 2.3.2",
                related: ["DRAFT"]
            ),
            RegistryRow(
                .flag,
                #"\Recent"#,
                "new to this session",
                shape: #"\Recent"#,
                section: "2.3.2",
                remark: "no client can set it; not in IMAP4rev2 (RFC 9051 appendix E)",
                related: ["RECENT"]
            ),
            RegistryRow(
                .flag,
                #"\*"#,
                "new keywords may be made",
                shape: #"\*"#,
                section: "7.1",
                also: "RFC 9051 section 7.1",
                remark: "stands only in PERMANENTFLAGS",
                related: ["PERMANENTFLAGS"]
            ),
        ]
    )
}
