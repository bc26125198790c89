extension Specification {
    /// Sun and Oracle, Zimbra, Yahoo, Proton, Microsoft, Courier and what clients do.
    static let otherVendors = Specification(
        "vendors",
        "Other vendors",
        vendor: "several",
        [
            RegistryRow(
                .command,
                "PROXYAUTH",
                "the administrator's session becomes another user",
                shape: "PROXYAUTH SP userid",
                states: .authenticated,
                document: "Sun and Oracle",
                related: ["AUTHORIZATIONFAILED", "AUTHENTICATE"]
            ),
            RegistryRow(
                .command,
                "NETSCAPE",
                "asks where the server's web pages are",
                shape: "NETSCAPE",
                states: .any,
                document: "Netscape",
                remark: "obsolete",
                related: ["X-NETSCAPE"]
            ),
            RegistryRow(
                .command,
                "X-NETSCAPE",
                "asks where the server's web pages are",
                shape: "X-NETSCAPE",
                states: .any,
                document: "Netscape",
                remark: "obsolete",
                related: ["NETSCAPE"]
            ),
            RegistryRow(
                .command,
                "X-REALLYDELETE",
                "removes messages at once",
                shape: "X-REALLYDELETE SP sequence-set",
                states: .selected,
                document: "Courier",
                remark: "named in old lists; no server's source shows its form",
                related: ["EXPUNGE"]
            ),
            RegistryRow(
                .response,
                "NOOP",
                "keep-alive of a Zimbra server",
                shape: #""*" SP NOOP"#,
                document: "Zimbra",
                related: ["NOOP"]
            ),
            RegistryRow(
                .capability,
                "XYMHIGHESTMODSEQ",
                "mark of Yahoo servers",
                shape: "XYMHIGHESTMODSEQ",
                document: "Yahoo",
                related: ["CONDSTORE"],
                brings: []
            ),
            RegistryRow(
                .capability,
                "XSTOP",
                "mark of old Proton Mail Bridge",
                shape: "XSTOP",
                document: "Proton",
                related: ["CAPABILITY"],
                brings: []
            ),
            RegistryRow(
                .capability,
                "CLIENTACCESSRULES",
                "Office 365 access rules",
                shape: "CLIENTACCESSRULES",
                document: "Microsoft",
                related: ["CAPABILITY"],
                brings: []
            ),
            RegistryRow(
                .capability,
                "CLIENTNETWORKPRESENCELOCATION",
                "mark of Office 365",
                shape: "CLIENTNETWORKPRESENCELOCATION",
                document: "Microsoft",
                related: ["CAPABILITY"],
                brings: []
            ),
            RegistryRow(
                .capability,
                "BACKENDAUTHENTICATE",
                "mark of Office 365",
                shape: "BACKENDAUTHENTICATE",
                document: "Microsoft",
                related: ["CAPABILITY"],
                brings: []
            ),
            RegistryRow(
                .capability,
                "ACL2=UNION",
                "Courier's access rights",
                shape: "ACL2=UNION",
                document: "Courier",
                related: ["ACL"],
                brings: []
            ),
            RegistryRow(
                .capability,
                "XMAGICTRASH",
                "Courier's trash",
                shape: "XMAGICTRASH",
                document: "Courier",
                related: [#"\Trash"#],
                brings: []
            ),
            RegistryRow(
                .capability,
                "XCOURIEROUTBOX",
                "Courier's outbox",
                shape: "XCOURIEROUTBOX= mailbox",
                document: "Courier",
                related: ["APPEND"],
                brings: []
            ),
            RegistryRow(
                .capability,
                "X-ID-ACLID",
                "Yahoo's access rights",
                shape: "X-ID-ACLID",
                document: "Yahoo",
                related: ["ACL"],
                brings: []
            ),
            RegistryRow(
                .mechanism,
                "XYMCOOKIE",
                "Yahoo's cookie login",
                shape: "proprietary",
                document: "Yahoo",
                related: ["AUTHENTICATE"]
            ),
            RegistryRow(
                .mechanism,
                "XYMECOOKIE",
                "Yahoo's cookie login",
                shape: "proprietary",
                document: "Yahoo",
                related: ["AUTHENTICATE"]
            ),
            RegistryRow(
                .mechanism,
                "XYMCOOKIEB64",
                "Yahoo's cookie login",
                shape: "proprietary",
                document: "Yahoo",
                related: ["AUTHENTICATE"]
            ),
            RegistryRow(
                .mechanism,
                "XYMPKI",
                "Yahoo's key login",
                shape: "proprietary",
                document: "Yahoo",
                related: ["AUTHENTICATE"]
            ),
            RegistryRow(
                .mailboxAttribute,
                #"\Bulk"#,
                "for junk",
                shape: #"\Bulk"#,
                document: "Yahoo",
                related: [#"\Junk"#]
            ),
            RegistryRow(
                .mailboxAttribute,
                #"\Templates"#,
                "for templates",
                shape: #"\Templates"#,
                document: "mail clients",
                related: [#"\Drafts"#]
            ),
            RegistryRow(
                .mailboxAttribute,
                #"\Memos"#,
                "for memos",
                shape: #"\Memos"#,
                document: "mail clients",
                related: ["LIST"]
            ),
            RegistryRow(
                .mailboxAttribute,
                #"\Scheduled"#,
                "for scheduled mail",
                shape: #"\Scheduled"#,
                document: "mail clients",
                related: ["LIST"]
            ),
            RegistryRow(
                .mailboxAttribute,
                #"\Snoozed"#,
                "for snoozed mail",
                shape: #"\Snoozed"#,
                document: "mail clients",
                related: ["LIST"]
            ),
            RegistryRow(
                .flag,
                "Junk",
                "junk",
                shape: "Junk",
                document: "mail clients",
                related: ["$Junk", "NonJunk"]
            ),
            RegistryRow(
                .flag,
                "NonJunk",
                "not junk",
                shape: "NonJunk",
                document: "mail clients",
                related: ["$NotJunk", "Junk"]
            ),
            RegistryRow(
                .flag,
                "NotJunk",
                "not junk",
                shape: "NotJunk",
                document: "mail clients",
                related: ["$NotJunk"]
            ),
            RegistryRow(
                .flag,
                "Forwarded",
                "forwarded",
                shape: "Forwarded",
                document: "mail clients",
                related: ["$Forwarded"]
            ),
            RegistryRow(
                .flag,
                "$label1",
                "label of Thunderbird: important",
                shape: "$label1",
                document: "Thunderbird",
                related: [#"\Flagged"#]
            ),
            RegistryRow(
                .flag,
                "$label2",
                "label of Thunderbird: work",
                shape: "$label2",
                document: "Thunderbird",
                related: ["$label1"]
            ),
            RegistryRow(
                .flag,
                "$label3",
                "label of Thunderbird: personal",
                shape: "$label3",
                document: "Thunderbird",
                related: ["$label1"]
            ),
            RegistryRow(
                .flag,
                "$label4",
                "label of Thunderbird: to do",
                shape: "$label4",
                document: "Thunderbird",
                related: ["$label1"]
            ),
            RegistryRow(
                .flag,
                "$label5",
                "label of Thunderbird: later",
                shape: "$label5",
                document: "Thunderbird",
                related: ["$label1"]
            ),
        ]
    )
}
