import IMAPWire
import Traffic

/// Deviations with a name.
extension Finding {
    static func quirks(_ quirks: WireQuirks, _ direction: Direction, at offset: UInt64) -> [Finding] {
        guard !quirks.isEmpty else { return [] }
        return WireQuirks.names.compactMap { quirk, name in
            guard quirks.contains(quirk) else { return nil }
            return Finding(
                id: name,
                severity: quirk.severity,
                blame: direction == .client ? .client : .server,
                direction: direction,
                offset: offset,
                text: quirk.sentence,
                reference: quirk.reference
            )
        }
    }
}

extension WireQuirks {
    /// Deviations that let two readers of one stream disagree weigh more.
    fileprivate var severity: Severity {
        switch self {
        case .bareLF, .bareCR, .literalSizeOverflow, .literalInQuotedString, .nonSynchronizingFromServer: .low
        default: .info
        }
    }

    fileprivate var sentence: String {
        switch self {
        case .bareLF: "a line ends in LF without CR"
        case .bareCR: "a CR stands inside a line"
        case .nul: "a NUL octet stands in a line"
        case .padding: "padding stands before the message"
        case .eightBit: "octets above 0x7F stand in a line"
        case .zeroPaddedLiteral: "a literal size has leading zeros"
        case .literalSizeOverflow: "a literal size does not fit 63 bits; no literal is taken"
        case .nonSynchronizingFromServer: "the server sent {n+}, which only clients may"
        case .literalInQuotedString: "a {n} ends the line inside a quoted string; no literal is taken"
        default: "a control character stands in a line"
        }
    }

    fileprivate var reference: String {
        switch self {
        case .nonSynchronizingFromServer: "RFC 7888 section 3"
        case .eightBit: "RFC 9755 section 3"
        case .literalSizeOverflow, .literalInQuotedString, .zeroPaddedLiteral: "RFC 9051 section 4.3"
        default: "RFC 9051 section 2.2"
        }
    }
}
