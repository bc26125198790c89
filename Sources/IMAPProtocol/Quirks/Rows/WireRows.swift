import Traffic

/// Deviations that framing sees; each bears the name that `WireQuirks` has for it.
extension Quirk {
    static let wireRows: [Quirk] = [
        Quirk(
            "bare-lf",
            .server,
            .wire,
            "a line ends in LF without CR",
            meaning: "the LF ends the line",
            knownFor: ["scripts and telnet users", "old servers"],
            reference: "RFC 9051 section 2.2",
            sources: ["imap-codec quirk_crlf_relaxed", "MailKit ImapStream.cs", "cassandane"]
        ),
        Quirk(
            "bare-cr",
            .server,
            .wire,
            "a CR stands inside a line",
            meaning: "the CR is an octet like any other; the line goes on",
            reference: "RFC 9051 section 2.2",
            sources: ["nio FramingParser"]
        ),
        Quirk(
            "nul-octet",
            .server,
            .wire,
            "a NUL octet stands in a line",
            meaning: "the NUL is part of the word it stands in",
            reference: "RFC 9051 section 9",
            sources: ["imapflow imap-parser.js"]
        ),
        Quirk(
            "leading-padding",
            .server,
            .wire,
            "NUL octets or spaces stand before the line",
            meaning: "the line begins behind them",
            knownFor: ["IceWarp"],
            reference: "RFC 9051 section 2.2",
            sources: ["imapflow imap-parser.js", "wildduck#813", "MailKit#1073"]
        ),
        Quirk(
            "eight-bit",
            .server,
            .wire,
            "octets above 0x7F stand in a line",
            meaning: "read as UTF-8, whether or not it was enabled",
            reference: "RFC 9755 section 3",
            sources: ["K-9 ImapResponseParserTest"]
        ),
        Quirk(
            "zero-padded-literal",
            .server,
            .wire,
            "a literal size has leading zeros",
            meaning: "the number counts, the zeros do not",
            reference: "RFC 9051 section 4.3",
            sources: ["net-imap"]
        ),
        Quirk(
            "literal-size-overflow",
            .server,
            .wire,
            "a literal size does not fit 63 bits",
            meaning: "no literal is taken; the line ends here",
            reference: "RFC 9051 section 4.3",
            sources: ["K-9 ImapResponseParserTest"]
        ),
        Quirk(
            "non-synchronizing-literal-from-server",
            .server,
            .wire,
            "the server announced a literal as only clients may, {n+}",
            meaning: "a literal of n octets",
            reference: "RFC 7888 section 3"
        ),
        Quirk(
            "literal-in-quoted-string",
            .server,
            .wire,
            "a literal seems to be announced inside a quoted string",
            meaning: "it is text; no literal is taken",
            reference: "RFC 9051 section 4.3",
            sources: ["nio FramingParserTests"]
        ),
        Quirk(
            "control-character",
            .server,
            .wire,
            "a control character stands in a line",
            meaning: "part of the word or string it stands in",
            knownFor: ["Exchange"],
            reference: "RFC 9051 section 9",
            sources: ["MailKit#945"]
        ),
    ]
}
