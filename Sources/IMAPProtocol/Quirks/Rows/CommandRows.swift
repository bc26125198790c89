import Traffic

/// What clients send.
extension Quirk {
    static let commandSpacing = Quirk(
        "extra-space-in-command",
        .client,
        .grammar,
        "a command has a space too many",
        meaning: "any number of spaces separates; strict servers answer BAD",
        knownFor: ["telnet users"],
        reference: "RFC 9051 section 2.2.1",
        sources: ["stalwart receiver tests"]
    )
    static let negativeSequence = Quirk(
        "negative-sequence-number",
        .client,
        .grammar,
        "a message set holds a negative number",
        meaning: "what the server makes of it: BAD on most",
        knownFor: ["Netscape"],
        reference: "RFC 9051 section 9",
        sources: ["Courier BUGS"]
    )
    static let descendingSet = Quirk(
        "descending-set",
        .client,
        .grammar,
        "a range runs downwards; QQ answers BAD to it, hMailServer returns the wrong messages",
        meaning: "the same as upwards",
        reference: "RFC 9051 section 9",
        sources: ["defects#40", "MailKit"]
    )
    static let changedSinceZero = Quirk(
        "changed-since-zero",
        .client,
        .grammar,
        "CHANGEDSINCE 0, which is no mod-sequence",
        meaning: "all messages",
        knownFor: ["iOS Mail 16.5.1"],
        reference: "RFC 7162 section 7",
        sources: ["mox fetch.go"]
    )
    static let specialInTag = Quirk(
        "special-in-tag",
        .client,
        .grammar,
        "the tag holds a character that tags cannot have",
        meaning: "the tag as it stands",
        reference: "RFC 9051 section 9"
    )
    static let loginInOneArgument = Quirk(
        "login-in-one-argument",
        .client,
        .grammar,
        "LOGIN has one argument: user name and password stand in one string",
        meaning: "both, separated by the space; all of it is masked",
        reference: "RFC 9051 section 6.2.3",
        sources: ["email-oauth2-proxy#75"]
    )
    static let longCommand = Quirk(
        "long-command-line",
        .client,
        .grammar,
        "a command line has more than 8,000 octets; some servers take no more than 1,000",
        meaning: "a command like any other",
        reference: "RFC 7162 section 4",
        sources: ["MailKit ImapEngine.cs", "Dovecot imap_max_line_length"]
    )
    static let longResponse = Quirk(
        "long-response-line",
        .server,
        .grammar,
        "a response line has more than 10,000 octets, more than some clients read",
        meaning: "a response like any other",
        knownFor: ["every server, for SEARCH in large mailboxes"],
        reference: "RFC 2683 section 3.2.1.5",
        sources: ["cpython imaplib", "IMAPdedup#12", "odysseus#2895"]
    )

    static let commandRows: [Quirk] = [
        commandSpacing, negativeSequence, descendingSet, changedSinceZero, specialInTag, loginInOneArgument,
        longCommand, longResponse,
    ]
}
