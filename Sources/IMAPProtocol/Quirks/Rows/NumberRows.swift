import Traffic

/// Numbers that are none.
extension Quirk {
    static let negativeNumber = Quirk(
        "negative-number",
        .server,
        .grammar,
        "a number is negative",
        meaning: "the server does not know the value",
        knownFor: ["Exchange", "Dovecot"],
        reference: "RFC 9051 section 9",
        sources: ["go-imap#534", "MailKit ImapUtils"]
    )
    static let negativeModSequence = Quirk(
        "negative-mod-sequence",
        .server,
        .grammar,
        "a mod-sequence is negative",
        meaning: "the server does not keep mod-sequences",
        knownFor: ["Zoho"],
        reference: "RFC 7162 section 7",
        sources: ["MailKit ImapFolderFetch.cs"]
    )
    static let fractionForNumber = Quirk(
        "fraction-for-number",
        .server,
        .grammar,
        "a number is written as a fraction with an exponent",
        meaning: "about that size",
        knownFor: ["mail.ru"],
        reference: "RFC 9051 section 9",
        sources: ["MailKit#1838", "MailKit#1840"]
    )
    static let nilForNumber = Quirk(
        "nil-for-number",
        .server,
        .grammar,
        "NIL stands where a number must",
        meaning: "the server does not know the value",
        knownFor: ["mbox-mail for Mac"],
        reference: "RFC 9051 section 9",
        sources: ["libetpan"]
    )
    static let messageNumberZero = Quirk(
        "message-number-zero",
        .server,
        .grammar,
        "data for message 0, which cannot be",
        meaning: "data of no message",
        knownFor: ["Courier 2004"],
        reference: "RFC 9051 section 2.3.1.2",
        sources: ["MailKit#428"]
    )
    static let sizeDiffers = Quirk(
        "size-differs-from-body",
        .server,
        .grammar,
        "RFC822.SIZE is not the number of octets of BODY[]",
        meaning: "the octets count",
        knownFor: ["hMailServer", "GreenMail", "hosted Exchange"],
        reference: "RFC 9051 section 2.3.4",
        sources: ["hmailserver#476", "greenmail#967", "vandelay#12"]
    )

    static let numberRows: [Quirk] = [
        negativeNumber, negativeModSequence, fractionForNumber, nilForNumber, messageNumberZero, sizeDiffers,
    ]
}
