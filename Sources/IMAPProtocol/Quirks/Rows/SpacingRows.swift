import Traffic

/// Spaces where the grammar has none, and none where it has one.
extension Quirk {
    static let trailingSpace = Quirk(
        "trailing-space",
        .server,
        .grammar,
        "a space stands before the line end",
        meaning: "the space is ignored",
        knownFor: ["Exchange", "iCloud", "Yahoo", "exmail.qq.com"],
        reference: "RFC 9051 section 9",
        sources: [
            "defects#9", "defects#21", "defects#26", "go-imap#540", "go-imap#571", "imap-codec#468", "imap-proto#108",
        ]
    )
    static let doubleSpace = Quirk(
        "double-space",
        .server,
        .grammar,
        "more than one space stands between two words",
        meaning: "any number of spaces separates",
        knownFor: ["DavMail", "global-mail.cn"],
        reference: "RFC 9051 section 9",
        sources: ["davmail#122", "davmail#454", "cpython#117152", "go-imap#653"]
    )
    static let spaceBeforeParenthesis = Quirk(
        "space-before-parenthesis",
        .server,
        .grammar,
        "a space stands before “)”",
        meaning: "the space is ignored",
        knownFor: ["Archiveopteryx", "SurgeMail", "QQ", "Yahoo Japan"],
        reference: "RFC 9051 section 9",
        sources: ["nio#774", "defects#24", "defects#48", "emailjs parser-unit.js"]
    )
    static let spaceAfterParenthesis = Quirk(
        "space-after-parenthesis",
        .server,
        .grammar,
        "a space stands after “(”",
        meaning: "the space is ignored",
        reference: "RFC 9051 section 9",
        sources: ["go-imap#633", "Jakarta Mail StatusTest"]
    )
    static let spaceBetweenAddresses = Quirk(
        "space-between-addresses",
        .server,
        .grammar,
        "a space stands between the addresses of an ENVELOPE",
        meaning: "the addresses follow each other",
        knownFor: ["Outlook.com", "Exchange 5.5"],
        reference: "RFC 9051 section 9",
        sources: ["imap-codec quirk_spaces_between_addresses", "net-imap"]
    )
    static let splitCapability = Quirk(
        "split-capability",
        .server,
        .grammar,
        "a capability is split by a space, “LITERAL +”",
        meaning: "LITERAL+",
        knownFor: ["Infomaniak"],
        reference: "RFC 9051 section 7.2.2",
        sources: ["MailKit#1654", "MailKit#1655"]
    )

    static let spacingRows: [Quirk] = [
        trailingSpace, doubleSpace, spaceBeforeParenthesis, spaceAfterParenthesis, spaceBetweenAddresses,
        splitCapability,
    ]
}
