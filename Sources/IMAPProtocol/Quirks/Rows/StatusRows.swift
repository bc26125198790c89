import Traffic

/// Status responses, continuation requests and lines that are neither.
extension Quirk {
    static let bareContinuation = Quirk(
        "bare-continuation",
        .server,
        .grammar,
        "the continuation request is a “+” without the space behind it",
        meaning: "a continuation request without text",
        knownFor: ["Yandex", "AOL", "public-inbox", "Exchange"],
        reference: "RFC 9051 section 7.6",
        sources: [
            "imap-proto#67", "defects#7", "imap-codec quirk_empty_continue_req", "MailKit#945", "Dovecot imap-proxy.c",
        ]
    )
    static let missingStatusText = Quirk(
        "missing-status-text",
        .server,
        .grammar,
        "a status response has no text",
        meaning: "the status and its code count; RFC 9051 allows an empty text",
        knownFor: ["Gmail", "Yahoo", "QQ", "Exchange", "iCloud"],
        reference: "RFC 3501 section 9",
        sources: ["defects#28", "MailKit#233", "offlineimap#623", "net-imap#230"]
    )
    static let missingStatusWord = Quirk(
        "missing-status-word",
        .server,
        .grammar,
        "a response code stands without OK, NO or BAD before it",
        meaning: "as if OK stood before it",
        knownFor: ["home.pl", "Exchange 2013"],
        reference: "RFC 9051 section 7.1",
        sources: ["MailKit#115", "net-imap#250"]
    )
    static let incompleteUIDCode = Quirk(
        "incomplete-uid-code",
        .server,
        .grammar,
        "COPYUID or APPENDUID lacks some of its arguments",
        meaning: "the code is ignored",
        knownFor: ["Outlook.com", "xwtec"],
        reference: "RFC 9051 section 7.1",
        sources: ["MailKit#555", "defects#52", "net-imap"]
    )
    static let zeroForPositive = Quirk(
        "zero-for-positive",
        .server,
        .grammar,
        "a code that must be positive is 0",
        meaning: "the server does not know the value",
        knownFor: ["xwtec"],
        reference: "RFC 9051 section 9",
        sources: ["defects#52", "MailKit ImapEngine.cs", "go-imap#145"]
    )
    static let unexpectedCodeArguments = Quirk(
        "unexpected-code-arguments",
        .server,
        .grammar,
        "a response code that takes no arguments has some",
        meaning: "the code without them",
        reference: "RFC 9051 section 7.1",
        sources: ["defects#52"]
    )
    static let diagnosticCode = Quirk(
        "diagnostic-code",
        .server,
        .grammar,
        "a diagnostic record of the server stands in place of a response code",
        meaning: "text",
        knownFor: ["Exchange"],
        reference: "RFC 9051 section 7.1",
        sources: ["net-imap#597"]
    )
    static let braceInStatusText = Quirk(
        "brace-in-status-text",
        .server,
        .grammar,
        "a text ends like the announcement of a literal",
        meaning: "text; no literal follows",
        reference: "RFC 9051 section 7.1",
        sources: ["nio FramingParserTests", "K-9 ImapResponseParserTest"]
    )
    static let plainTextLine = Quirk(
        "plain-text-line",
        .server,
        .grammar,
        "a line is neither tagged nor untagged",
        meaning: "text for a person",
        knownFor: ["Exchange", "Exchange 2003", "old Proton Bridge"],
        reference: "RFC 9051 section 2.2.2",
        sources: ["imapflow parser-instance.js", "libetpan#45", "Mailspring#429"]
    )
    public static let greetingWithoutAsterisk = Quirk(
        "greeting-without-asterisk",
        .server,
        .session,
        "the greeting lacks its “*”",
        meaning: "the server refuses the connection",
        knownFor: ["IceWarp"],
        reference: "RFC 9051 section 7.1",
        sources: ["MailKit#1073"]
    )
    static let untaggedNoop = Quirk(
        "untagged-noop",
        .server,
        .grammar,
        "an untagged NOOP",
        meaning: "the server keeps the connection alive",
        knownFor: ["Zimbra"],
        reference: "RFC 9051 section 7",
        sources: ["net-imap#2"]
    )

    static let statusRows: [Quirk] = [
        bareContinuation, missingStatusText, missingStatusWord, incompleteUIDCode, zeroForPositive,
        unexpectedCodeArguments, diagnosticCode, braceInStatusText, plainTextLine, greetingWithoutAsterisk,
        untaggedNoop,
    ]
}
