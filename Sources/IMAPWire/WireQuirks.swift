/// Deviations from the wire grammar that framing tolerates, each by name. Octets are relayed untouched whatever is set here.
public struct WireQuirks: OptionSet, Sendable, Hashable {
    public var rawValue: UInt32

    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// A line ends in LF without CR (RFC 3501 section 2.2 asks for CR LF). Some scripts and old servers do it.
    public static let bareLF = WireQuirks(rawValue: 1 << 0)
    /// A CR inside a line that no LF follows. Dovecot answers BAD to it.
    public static let bareCR = WireQuirks(rawValue: 1 << 1)
    /// A NUL octet in a line (legal only inside literal8, RFC 3516).
    public static let nul = WireQuirks(rawValue: 1 << 2)
    /// NUL octets or spaces before a message.
    public static let padding = WireQuirks(rawValue: 1 << 3)
    /// Octets above 0x7F in a line.
    public static let eightBit = WireQuirks(rawValue: 1 << 4)
    /// A literal size with leading zeros.
    public static let zeroPaddedLiteral = WireQuirks(rawValue: 1 << 5)
    /// A literal size that does not fit 63 bits; the line is taken as a line without literal.
    public static let literalSizeOverflow = WireQuirks(rawValue: 1 << 6)
    /// `{n+}` from a server (RFC 7888 section 3 allows it to clients only).
    public static let nonSynchronizingFromServer = WireQuirks(rawValue: 1 << 7)
    /// A `{n}` at a line's end inside a quoted string, where it announces nothing.
    public static let literalInQuotedString = WireQuirks(rawValue: 1 << 8)
    /// Other control characters in a line.
    public static let control = WireQuirks(rawValue: 1 << 9)

    /// Every quirk with the name used in findings.
    public static let names: [(quirk: WireQuirks, name: String)] = [
        (.bareLF, "bare-lf"),
        (.bareCR, "bare-cr"),
        (.nul, "nul-octet"),
        (.padding, "leading-padding"),
        (.eightBit, "eight-bit"),
        (.zeroPaddedLiteral, "zero-padded-literal"),
        (.literalSizeOverflow, "literal-size-overflow"),
        (.nonSynchronizingFromServer, "non-synchronizing-literal-from-server"),
        (.literalInQuotedString, "literal-in-quoted-string"),
        (.control, "control-character"),
    ]
}
