import Traffic

/// FETCH items and ENVELOPE.
extension Quirk {
    static let doubledParentheses = Quirk(
        "doubled-parentheses",
        .server,
        .grammar,
        "the FETCH items stand in one pair of parentheses too many",
        meaning: "the items of the inner list",
        knownFor: ["Domino"],
        reference: "RFC 9051 section 9",
        sources: ["MailKit#943"]
    )
    static let quoteInQuoted = Quirk(
        "quote-in-quoted-string",
        .server,
        .grammar,
        "a quoted string holds a quote that is not escaped",
        meaning: "part of the string; what follows may be misread until the line ends",
        knownFor: ["Gmail", "iCloud", "QQ", "163.com", "Domino"],
        reference: "RFC 9051 section 4.3",
        sources: ["go-imap#659", "mailcore2#1967", "imap-proto#171", "libetpan"]
    )
    static let shortEnvelope = Quirk(
        "short-envelope",
        .server,
        .grammar,
        "an ENVELOPE has fewer than ten fields",
        meaning: "the missing ones are NIL",
        knownFor: ["SmarterMail"],
        reference: "RFC 9051 section 7.5.2",
        sources: ["MailKit#991", "MailKit#669"]
    )
    static let nilInAddressList = Quirk(
        "nil-in-address-list",
        .server,
        .grammar,
        "NIL stands among the addresses of a list",
        meaning: "no address",
        knownFor: ["SmarterMail"],
        reference: "RFC 9051 section 7.5.2",
        sources: ["MailKit#991"]
    )
    static let addressInName = Quirk(
        "address-in-display-name",
        .server,
        .grammar,
        "an address stands where the display name must",
        meaning: "the address",
        knownFor: ["Gmail"],
        reference: "RFC 9051 section 7.5.2",
        sources: ["MailKit#494"]
    )
    static let sectionWithoutValue = Quirk(
        "section-without-value",
        .server,
        .grammar,
        "a section has no value",
        meaning: "NIL",
        knownFor: ["Yandex"],
        reference: "RFC 9051 section 7.5.2",
        sources: ["MailKit#1708"]
    )
    static let emptyFetch = Quirk(
        "empty-fetch",
        .server,
        .grammar,
        "a FETCH response has no items",
        meaning: "nothing is told of the message",
        knownFor: ["QIP"],
        reference: "RFC 9051 section 9"
    )
    static let numberForText = Quirk(
        "number-for-text",
        .server,
        .grammar,
        "a number stands where message text must",
        meaning: "text",
        knownFor: ["iCloud"],
        reference: "RFC 9051 section 9",
        sources: ["imaplib2#56"]
    )
    static let malformedDate = Quirk(
        "malformed-internaldate",
        .server,
        .grammar,
        "INTERNALDATE is no date-time of IMAP",
        meaning: "text",
        reference: "RFC 9051 section 9",
        sources: ["MailKit TestParseInvalidInternalDates", "net-imap"]
    )

    static let messageRows: [Quirk] = [
        doubledParentheses, quoteInQuoted, shortEnvelope, nilInAddressList, addressInName, sectionWithoutValue,
        emptyFetch, numberForText, malformedDate,
    ]
}
