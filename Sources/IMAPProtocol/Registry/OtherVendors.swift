extension Specification {
    /// Sun and Oracle, Zimbra, Yahoo, Proton, Microsoft, Courier and what clients do.
    static let otherVendors = Specification(
        "vendor",
        "Other vendors",
        [
            .command("PROXYAUTH", "the administrator's session becomes another user"),
            .response("NOOP", "keep-alive of a Zimbra server"),
            .capability("XYMHIGHESTMODSEQ", "mark of Yahoo servers"),
            .capability("XSTOP", "mark of old Proton Mail Bridge"),
            .capability("CLIENTACCESSRULES", "Office 365 access rules"),
            .capability("CLIENTNETWORKPRESENCELOCATION", "mark of Office 365"),
            .capability("BACKENDAUTHENTICATE", "mark of Office 365"),
            .capability("ACL2=UNION", "Courier's access rights"),
            .capability("XMAGICTRASH", "Courier's trash"),
            .capability("XCOURIEROUTBOX", "Courier's outbox"),
            .capability("X-ID-ACLID", "Yahoo's access rights"),
            .attribute("\\Bulk", "for junk"),
            .attribute("\\Templates", "for templates"),
            .attribute("\\Memos", "for memos"),
            .attribute("\\Scheduled", "for scheduled mail"),
            .attribute("\\Snoozed", "for snoozed mail"),
            .flag("Junk", "junk"),
            .flag("NonJunk", "not junk"),
            .flag("NotJunk", "not junk"),
            .flag("Forwarded", "forwarded"),
        ]
    )
}
