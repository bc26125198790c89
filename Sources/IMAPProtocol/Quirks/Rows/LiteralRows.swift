import Traffic

/// Literals whose count or announcement is wrong.
extension Quirk {
    public static let literalTooShort = Quirk(
        "literal-shorter-than-announced",
        .server,
        .session,
        "the server sent fewer octets than the literal announced",
        meaning: "the message is cut where the next response begins",
        knownFor: ["Rambler"],
        reference: "RFC 9051 section 4.3",
        sources: ["MailKit#361", "libetpan mailimap.h"]
    )
    public static let literalTooLong = Quirk(
        "literal-longer-than-announced",
        .server,
        .session,
        "the server sent more octets than the literal announced",
        meaning: "what follows the literal is not read until a plausible response begins",
        knownFor: ["Domino 7.0.3"],
        reference: "RFC 9051 section 4.3",
        sources: ["mxr#216"]
    )
    public static let literalCountsCharacters = Quirk(
        "literal-counts-characters",
        .server,
        .session,
        "the literal announced its characters, not its octets",
        meaning: "what follows the literal is not read until a plausible response begins",
        reference: "RFC 9051 section 4.3",
        sources: ["MailKit#1369"]
    )
    static let malformedLiteralSize = Quirk(
        "malformed-literal-size",
        .server,
        .grammar,
        "a line ends in braces that hold no number",
        meaning: "no literal; the line ends here",
        reference: "RFC 9051 section 4.3",
        sources: ["K-9 ImapResponseParserTest"]
    )
    static let nulInLiteral = Quirk(
        "nul-in-literal",
        .server,
        .grammar,
        "a NUL octet stands in a literal that is no literal8",
        meaning: "an octet of the literal",
        knownFor: ["Gmail"],
        reference: "RFC 9051 section 4.3",
        sources: ["emailjs parser-unit.js"]
    )
    public static let refusedLiteralSent = Quirk(
        "refused-literal-sent",
        .client,
        .session,
        "the client sent a literal without waiting, and the server refused it",
        meaning: "as the server does: the octets are read as commands",
        knownFor: ["ImapEngine"],
        reference: "RFC 9051 section 4.3",
        sources: ["ImapEngine#174"]
    )
    public static let nonSynchronizingNotOffered = Quirk(
        "non-synchronizing-not-offered",
        .client,
        .session,
        "the client did not wait with its literal, which the server has not offered",
        meaning: "a literal all the same: a server must swallow it or close",
        reference: "RFC 7888 section 3"
    )
    public static let literalMinusExceeded = Quirk(
        "literal-minus-exceeded",
        .client,
        .session,
        "a literal of more than 4,096 octets was sent without waiting, where LITERAL- ends that",
        meaning: "a literal; the server may answer BAD [TOOBIG] or close",
        reference: "RFC 7888 section 5",
        sources: ["cassandane literal_minus"]
    )

    static let literalRows: [Quirk] = [
        literalTooShort, literalTooLong, literalCountsCharacters, malformedLiteralSize, nulInLiteral,
        refusedLiteralSent, nonSynchronizingNotOffered, literalMinusExceeded,
    ]
}
