extension Specification {
    /// Gmail, Gmail extensions.
    static let gmail = Specification(
        "Gmail",
        "Gmail extensions",
        vendor: "Google",
        [
            RegistryRow(
                .command,
                "XLIST",
                "lists mailboxes with their special uses",
                shape: "XLIST SP mailbox SP list-mailbox",
                states: .loggedIn,
                remark: "obsolete: LIST RETURN (SPECIAL-USE)",
                related: ["LIST", "SPECIAL-USE"]
            ),
            RegistryRow(
                .response,
                "XLIST",
                "a mailbox and its properties",
                shape: #""*" SP XLIST SP "(" [flag *(SP flag)] ")" SP (DQUOTE delimiter DQUOTE / NIL) SP mailbox"#,
                related: ["LIST"]
            ),
            RegistryRow(
                .capability,
                "X-GM-EXT-1",
                "Gmail labels, threads and search",
                shape: "X-GM-EXT-1",
                related: ["OBJECTID"],
                brings: ["X-GM-MSGID", "X-GM-THRID", "X-GM-LABELS", "X-GM-RAW"]
            ),
            RegistryRow(
                .capability,
                "XLIST",
                "LIST with special uses, before RFC 6154",
                shape: "XLIST",
                related: ["SPECIAL-USE"],
                brings: ["XLIST", #"\Inbox"#, #"\AllMail"#, #"\Spam"#, #"\Starred"#]
            ),
            RegistryRow(
                .capability,
                "XYZZY",
                "nothing; an old joke",
                shape: "XYZZY",
                related: ["CAPABILITY"],
                brings: []
            ),
            RegistryRow(
                .code,
                "THROTTLED",
                "the server slows this account down",
                shape: #""[" THROTTLED "]""#,
                related: ["LIMIT", "OVERQUOTA"]
            ),
            RegistryRow(
                .code,
                "WEBALERT",
                "the user must visit a web page",
                shape: #""[" WEBALERT SP url "]""#,
                related: ["ALERT"]
            ),
            RegistryRow(
                .fetchItem,
                "X-GM-MSGID",
                "Gmail message id",
                shape: "X-GM-MSGID / answer: X-GM-MSGID SP number64",
                related: ["EMAILID"]
            ),
            RegistryRow(
                .fetchItem,
                "X-GM-THRID",
                "Gmail thread id",
                shape: "X-GM-THRID / answer: X-GM-THRID SP number64",
                related: ["THREADID"]
            ),
            RegistryRow(
                .fetchItem,
                "X-GM-LABELS",
                "Gmail labels",
                shape: #"X-GM-LABELS / answer: X-GM-LABELS SP "(" [astring *(SP astring)] ")""#,
                related: ["STORE"]
            ),
            RegistryRow(
                .storeItem,
                "X-GM-LABELS",
                "changes the labels",
                shape: #"["+" / "-"] X-GM-LABELS [.SILENT] SP "(" [astring *(SP astring)] ")""#,
                related: ["STORE"]
            ),
            RegistryRow(
                .searchKey,
                "X-GM-RAW",
                "that match a Gmail query",
                shape: "X-GM-RAW SP astring",
                related: ["SEARCH"]
            ),
            RegistryRow(
                .searchKey,
                "X-GM-MSGID",
                "with a Gmail message id",
                shape: "X-GM-MSGID SP number64",
                related: ["EMAILID"]
            ),
            RegistryRow(
                .searchKey,
                "X-GM-THRID",
                "of a Gmail thread",
                shape: "X-GM-THRID SP number64",
                related: ["THREADID"]
            ),
            RegistryRow(
                .searchKey,
                "X-GM-LABELS",
                "with a Gmail label",
                shape: "X-GM-LABELS SP astring",
                related: ["KEYWORD"]
            ),
            RegistryRow(
                .mechanism,
                "PLAIN-CLIENTTOKEN",
                "Google's token login",
                shape: "proprietary",
                related: ["PLAIN", "XOAUTH2"]
            ),
            RegistryRow(
                .mailboxAttribute,
                #"\Inbox"#,
                "the inbox",
                shape: #"\Inbox"#,
                related: ["INBOX", "XLIST"]
            ),
            RegistryRow(
                .mailboxAttribute,
                #"\AllMail"#,
                "holds all mail",
                shape: #"\AllMail"#,
                related: [#"\All"#, "XLIST"]
            ),
            RegistryRow(
                .mailboxAttribute,
                #"\Spam"#,
                "for junk",
                shape: #"\Spam"#,
                related: [#"\Junk"#, "XLIST"]
            ),
            RegistryRow(
                .mailboxAttribute,
                #"\Starred"#,
                "holds flagged mail",
                shape: #"\Starred"#,
                related: [#"\Flagged"#, "XLIST"]
            ),
        ]
    )
}
