import Traffic

/// BODYSTRUCTURE.
extension Quirk {
    static let nilParameter = Quirk(
        "nil-parameter-value",
        .server,
        .grammar,
        "a body parameter has NIL for its value",
        meaning: "an empty value",
        knownFor: ["mail.ru"],
        reference: "RFC 9051 section 9",
        sources: ["defects#50", "defects#53", "imap-codec#700", "vmime#159"]
    )
    static let nilEncoding = Quirk(
        "nil-encoding",
        .server,
        .grammar,
        "a body part has NIL for its transfer encoding",
        meaning: "7BIT",
        knownFor: ["maddy"],
        reference: "RFC 9051 section 9",
        sources: ["defects#41", "imap-codec#640", "MailKit#932"]
    )
    static let multipartWithoutParts = Quirk(
        "multipart-without-parts",
        .server,
        .grammar,
        "a multipart has no parts",
        meaning: "a multipart of unknown parts",
        knownFor: ["Gmail", "Yandex", "QQ", "Dovecot", "Office 365"],
        reference: "RFC 9051 section 9",
        sources: ["MailKit#205", "MailKit#777", "MailKit#1841", "MailKit#1861", "MailKit#1393"]
    )
    static let dispositionNotParenthesised = Quirk(
        "disposition-not-parenthesised",
        .server,
        .grammar,
        "a string stands where the parenthesised disposition must",
        meaning: "the disposition without parameters, or a description",
        knownFor: ["Exchange"],
        reference: "RFC 9051 section 9",
        sources: ["MailKit#919", "javamail#278"]
    )
    static let nilDisposition = Quirk(
        "nil-disposition",
        .server,
        .grammar,
        "a disposition is parenthesised NIL",
        meaning: "no disposition",
        knownFor: ["Exchange", "IceWarp"],
        reference: "RFC 9051 section 9",
        sources: ["MailKit#486", "MailKit#953"]
    )
    static let messageWithoutEnvelope = Quirk(
        "message-part-without-envelope",
        .server,
        .grammar,
        "a message/rfc822 part has neither envelope nor structure",
        meaning: "a part like any other",
        knownFor: ["Gmail"],
        reference: "RFC 9051 section 9",
        sources: ["MailKit#32", "MailKit#59", "net-imap Bug#6397"]
    )
    static let textWithoutLines = Quirk(
        "text-part-without-lines",
        .server,
        .grammar,
        "a text part has no line count",
        meaning: "a part like any other",
        reference: "RFC 9051 section 9",
        sources: ["go-imap#557"]
    )
    static let emptyListForNil = Quirk(
        "empty-list-for-nil",
        .server,
        .grammar,
        "an empty list stands where NIL must",
        meaning: "NIL",
        knownFor: ["mail.ru", "Domino"],
        reference: "RFC 9051 section 9",
        sources: ["nio#821", "libetpan"]
    )

    static let structureRows: [Quirk] = [
        nilParameter, nilEncoding, multipartWithoutParts, dispositionNotParenthesised, nilDisposition,
        messageWithoutEnvelope, textWithoutLines, emptyListForNil,
    ]
}
