extension Specification {
    /// RFC 3501 section 6.4.4.
    ///
    /// The sentences follow the word "messages".
    static let imap4rev1SearchKeys = Specification(
        "RFC 3501",
        "IMAP4rev1: SEARCH keys",
        [
            RegistryRow(
                .searchKey,
                "ALL",
                "in the mailbox",
                shape: "ALL",
                section: "6.4.4",
                related: ["SEARCH"]
            ),
            RegistryRow(
                .searchKey,
                "ANSWERED",
                "that are answered",
                shape: "ANSWERED",
                section: "6.4.4",
                related: ["UNANSWERED", #"\Answered"#]
            ),
            RegistryRow(
                .searchKey,
                "BCC",
                "whose Bcc contains a text",
                shape: "BCC SP astring",
                section: "6.4.4",
                related: ["TO", "CC", "HEADER"]
            ),
            RegistryRow(
                .searchKey,
                "BEFORE",
                "that arrived before a date",
                shape: "BEFORE SP date",
                section: "6.4.4",
                related: ["ON", "SINCE", "SENTBEFORE"]
            ),
            RegistryRow(
                .searchKey,
                "BODY",
                "whose body contains a text",
                shape: "BODY SP astring",
                section: "6.4.4",
                related: ["TEXT"]
            ),
            RegistryRow(
                .searchKey,
                "CC",
                "whose Cc contains a text",
                shape: "CC SP astring",
                section: "6.4.4",
                related: ["TO", "BCC", "HEADER"]
            ),
            RegistryRow(
                .searchKey,
                "DELETED",
                "that are marked deleted",
                shape: "DELETED",
                section: "6.4.4",
                related: ["UNDELETED", #"\Deleted"#]
            ),
            RegistryRow(
                .searchKey,
                "DRAFT",
                "that are drafts",
                shape: "DRAFT",
                section: "6.4.4",
                related: ["UNDRAFT", #"\Draft"#]
            ),
            RegistryRow(
                .searchKey,
                "FLAGGED",
                "that are flagged",
                shape: "FLAGGED",
                section: "6.4.4",
                related: ["UNFLAGGED", #"\Flagged"#]
            ),
            RegistryRow(
                .searchKey,
                "FROM",
                "whose From contains a text",
                shape: "FROM SP astring",
                section: "6.4.4",
                related: ["TO", "HEADER"]
            ),
            RegistryRow(
                .searchKey,
                "HEADER",
                "with a header field that contains a text",
                shape: "HEADER SP header-fld-name SP astring",
                section: "6.4.4",
                remark: "an empty text asks whether the field is there at all",
                related: ["FROM", "SUBJECT"]
            ),
            RegistryRow(
                .searchKey,
                "KEYWORD",
                "with a keyword",
                shape: "KEYWORD SP flag-keyword",
                section: "6.4.4",
                related: ["UNKEYWORD"]
            ),
            RegistryRow(
                .searchKey,
                "LARGER",
                "larger than a size",
                shape: "LARGER SP number",
                section: "6.4.4",
                related: ["SMALLER", "RFC822.SIZE"]
            ),
            RegistryRow(
                .searchKey,
                "NEW",
                "that are new and unread",
                shape: "NEW",
                section: "6.4.4",
                remark: "not in IMAP4rev2 (RFC 9051 appendix E)",
                related: ["RECENT", "UNSEEN", "OLD"]
            ),
            RegistryRow(
                .searchKey,
                "NOT",
                "except those of the next key",
                shape: "NOT SP search-key",
                section: "6.4.4",
                related: ["OR"]
            ),
            RegistryRow(
                .searchKey,
                "OLD",
                "that are not recent",
                shape: "OLD",
                section: "6.4.4",
                remark: "not in IMAP4rev2 (RFC 9051 appendix E)",
                related: ["RECENT", "NEW"]
            ),
            RegistryRow(
                .searchKey,
                "ON",
                "that arrived on a date",
                shape: "ON SP date",
                section: "6.4.4",
                related: ["BEFORE", "SINCE", "SENTON"]
            ),
            RegistryRow(
                .searchKey,
                "OR",
                "that match one of two keys",
                shape: "OR SP search-key SP search-key",
                section: "6.4.4",
                related: ["NOT"]
            ),
            RegistryRow(
                .searchKey,
                "RECENT",
                "that are recent",
                shape: "RECENT",
                section: "6.4.4",
                remark: "not in IMAP4rev2 (RFC 9051 appendix E)",
                related: [#"\Recent"#, "NEW", "OLD"]
            ),
            RegistryRow(
                .searchKey,
                "SEEN",
                "that are read",
                shape: "SEEN",
                section: "6.4.4",
                related: ["UNSEEN", #"\Seen"#]
            ),
            RegistryRow(
                .searchKey,
                "SENTBEFORE",
                "dated before a date",
                shape: "SENTBEFORE SP date",
                section: "6.4.4",
                related: ["BEFORE", "SENTON"]
            ),
            RegistryRow(
                .searchKey,
                "SENTON",
                "dated on a date",
                shape: "SENTON SP date",
                section: "6.4.4",
                related: ["ON", "SENTSINCE"]
            ),
            RegistryRow(
                .searchKey,
                "SENTSINCE",
                "dated on or after a date",
                shape: "SENTSINCE SP date",
                section: "6.4.4",
                related: ["SINCE", "SENTON"]
            ),
            RegistryRow(
                .searchKey,
                "SINCE",
                "that arrived on or after a date",
                shape: "SINCE SP date",
                section: "6.4.4",
                related: ["BEFORE", "ON", "YOUNGER"]
            ),
            RegistryRow(
                .searchKey,
                "SMALLER",
                "smaller than a size",
                shape: "SMALLER SP number",
                section: "6.4.4",
                related: ["LARGER", "RFC822.SIZE"]
            ),
            RegistryRow(
                .searchKey,
                "SUBJECT",
                "whose Subject contains a text",
                shape: "SUBJECT SP astring",
                section: "6.4.4",
                related: ["TEXT", "HEADER"]
            ),
            RegistryRow(
                .searchKey,
                "TEXT",
                "that contain a text",
                shape: "TEXT SP astring",
                section: "6.4.4",
                related: ["BODY", "HEADER"]
            ),
            RegistryRow(
                .searchKey,
                "TO",
                "whose To contains a text",
                shape: "TO SP astring",
                section: "6.4.4",
                related: ["CC", "BCC", "FROM"]
            ),
            RegistryRow(
                .searchKey,
                "UID",
                "with certain UIDs",
                shape: "UID SP sequence-set",
                section: "6.4.4",
                related: ["UIDAFTER", "UIDBEFORE", "$"]
            ),
            RegistryRow(
                .searchKey,
                "UNANSWERED",
                "that are not answered",
                shape: "UNANSWERED",
                section: "6.4.4",
                related: ["ANSWERED"]
            ),
            RegistryRow(
                .searchKey,
                "UNDELETED",
                "that are not marked deleted",
                shape: "UNDELETED",
                section: "6.4.4",
                related: ["DELETED"]
            ),
            RegistryRow(
                .searchKey,
                "UNDRAFT",
                "that are not drafts",
                shape: "UNDRAFT",
                section: "6.4.4",
                related: ["DRAFT"]
            ),
            RegistryRow(
                .searchKey,
                "UNFLAGGED",
                "that are not flagged",
                shape: "UNFLAGGED",
                section: "6.4.4",
                related: ["FLAGGED"]
            ),
            RegistryRow(
                .searchKey,
                "UNKEYWORD",
                "without a keyword",
                shape: "UNKEYWORD SP flag-keyword",
                section: "6.4.4",
                related: ["KEYWORD"]
            ),
            RegistryRow(
                .searchKey,
                "UNSEEN",
                "that are unread",
                shape: "UNSEEN",
                section: "6.4.4",
                related: ["SEEN", #"\Seen"#]
            ),
        ]
    )
}
