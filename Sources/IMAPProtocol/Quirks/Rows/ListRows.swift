import Traffic

/// Flags, capabilities, mailbox lists and ID.
extension Quirk {
    static let bracketInFlag = Quirk(
        "bracket-in-flag",
        .server,
        .grammar,
        "a flag holds “]”",
        meaning: "part of the keyword",
        knownFor: ["Gmail"],
        reference: "RFC 9051 section 9",
        sources: ["net-imap", "nio", "imap-proto"]
    )
    static let asteriskInFlags = Quirk(
        "asterisk-in-flags",
        .server,
        .grammar,
        "\\* stands in FLAGS, where only PERMANENTFLAGS may have it",
        meaning: "ignored",
        knownFor: ["Zoho", "GreenMail"],
        reference: "RFC 9051 section 7.3.5"
    )
    static let bareBackslash = Quirk(
        "bare-backslash",
        .server,
        .grammar,
        "an attribute or flag is a lone backslash",
        meaning: "ignored",
        knownFor: ["a Dovecot plug-in"],
        reference: "RFC 9051 section 9",
        sources: ["libetpan#403"]
    )
    static let unquotedControl = Quirk(
        "unquoted-control-character",
        .server,
        .grammar,
        "a mailbox name with control characters is not quoted",
        meaning: "the name goes to the end of the line",
        knownFor: ["Exchange"],
        reference: "RFC 9051 section 9",
        sources: ["MailKit#945"]
    )
    static let unquotedSpace = Quirk(
        "unquoted-space-in-name",
        .server,
        .grammar,
        "a mailbox name with spaces is not quoted",
        meaning: "the name goes to the end of the line",
        knownFor: ["Exchange"],
        reference: "RFC 9051 section 9",
        sources: ["MailKit#945"]
    )
    static let backslashDelimiter = Quirk(
        "unescaped-backslash-delimiter",
        .server,
        .grammar,
        "the hierarchy delimiter is a backslash that is not escaped",
        meaning: "the delimiter is “\\”",
        knownFor: ["Courier"],
        reference: "RFC 9051 section 9",
        sources: ["libetpan namespace_parser.c"]
    )
    static let missingDelimiter = Quirk(
        "missing-namespace-delimiter",
        .server,
        .grammar,
        "a namespace has no hierarchy delimiter",
        meaning: "a flat namespace",
        reference: "RFC 2342 section 5",
        sources: ["libetpan namespace_parser.c"]
    )
    static let brokenUTF7 = Quirk(
        "broken-modified-utf7",
        .server,
        .grammar,
        "a mailbox name is not valid modified UTF-7",
        meaning: "the name as it stands",
        reference: "RFC 3501 section 5.1.3",
        sources: ["Dovecot test-imap-utf7.c"]
    )
    static let unquotedID = Quirk(
        "unquoted-id-string",
        .server,
        .grammar,
        "an ID field or value is not quoted",
        meaning: "the word is the string",
        knownFor: ["old Proton Bridge"],
        reference: "RFC 2971 section 4",
        sources: ["Mailspring#429"]
    )
    static let junkCapability = Quirk(
        "host-name-in-capabilities",
        .server,
        .grammar,
        "the capability list begins with words that are no capabilities",
        meaning: "ignored",
        knownFor: ["iCloud"],
        reference: "RFC 9051 section 7.2.2"
    )
    static let withoutRevision = Quirk(
        "capability-without-revision",
        .server,
        .grammar,
        "the capability list names neither IMAP4rev1 nor IMAP4rev2",
        meaning: "the server hides what it can do, or is no IMAP4rev1 server",
        knownFor: ["iCloud"],
        reference: "RFC 9051 section 7.2.2",
        sources: ["Mailspring-Sync#91"]
    )
    static let emptyStatus = Quirk(
        "empty-status",
        .server,
        .grammar,
        "a STATUS response has no items",
        meaning: "the server knows none of the items",
        knownFor: ["163.com"],
        reference: "RFC 9051 section 7.3.4",
        sources: ["defects#15"]
    )

    static let listRows: [Quirk] = [
        bracketInFlag, asteriskInFlags, bareBackslash, unquotedControl, unquotedSpace, backslashDelimiter,
        missingDelimiter, brokenUTF7, unquotedID, junkCapability, withoutRevision, emptyStatus,
    ]
}
