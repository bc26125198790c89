import IMAPWire
import Traffic

/// Literals: counts, refusals, and octets that nobody asked for (RFC 9051 section 4.3).
extension Finding {
    static func literalRefused(_ size: UInt64, at offset: UInt64) -> Finding {
        .client(
            "literal-refused",
            .info,
            at: offset,
            "the server refused the literal of \(size) octets; it is not sent",
            "RFC 9051 section 4.3"
        )
    }

    static func literalNotAwaited(_ octets: Int, at offset: UInt64) -> Finding {
        .client(
            "literal-not-awaited",
            .medium,
            at: offset,
            "the client sent \(octets) octets before the server asked for the literal",
            "RFC 9051 section 4.3"
        )
    }

    /// - Parameter words: what follows, where it may be shown.
    static func literalLeftover(_ octets: Int, _ words: String?, size: UInt64, at offset: UInt64) -> Finding {
        let shown = words.map { ", “\($0)”," } ?? ""
        return .client(
            "literal-leftover",
            .medium,
            at: offset,
            "the server takes \(size) octets as the literal, and reads the \(octets) behind it\(shown) as more of the "
                + "command, where only its end can stand; lines that follow are commands to it. The count is too small: "
                + "{\(size + UInt64(octets))} was meant if this line was the last",
            "RFC 9051 section 4.3"
        )
    }

    static func appendWithoutLineEnd(size: UInt64, at offset: UInt64) -> Finding {
        .client(
            "append-literal-count",
            .info,
            at: offset,
            "the APPEND literal of \(size) octets does not end in CR LF; the CR LF behind it ends the command, not the "
                + "message: likely a slip in the count, {\(size + 2)} was meant",
            "RFC 9051 section 6.3.12"
        )
    }

    static func literalSwallowedCommand(_ slip: LiteralChecks.Slip, size: UInt64, at offset: UInt64) -> Finding {
        .client(
            "literal-too-long",
            .medium,
            at: offset,
            "the server takes the last \(slip.swallowed) octets of the literal from what was meant as the end of this "
                + "command and the next one, “\(slip.command)”: the count is too large, "
                + "{\(size - min(size, UInt64(slip.swallowed)))} was meant",
            "RFC 9051 section 4.3"
        )
    }

    static func literalTookCR(size: UInt64, at offset: UInt64) -> Finding {
        .client(
            "literal-too-long",
            .medium,
            at: offset,
            "the server takes the CR that was to end the command as the last octet of the literal, and the LF alone as the "
                + "end of the command: the count is too large by 1, {\(size - 1)} was meant",
            "RFC 9051 section 4.3"
        )
    }

    /// The connection ended inside a literal that seems to hold the next command.
    static func literalCutInCommand(_ slip: LiteralChecks.Slip, _ literal: LiteralRecord, at offset: UInt64) -> Finding
    {
        .client(
            "literal-too-long",
            .medium,
            at: offset,
            "the literal announced \(literal.size) octets and the server still waits for "
                + "\(literal.size - min(literal.size, literal.received)) of them; “\(slip.command)” inside it was likely "
                + "meant as the next command: the count is too large, "
                + "{\(literal.received - min(literal.received, UInt64(slip.swallowed)))} was meant",
            "RFC 9051 section 4.3"
        )
    }

    static func literalCut(missing: UInt64, size: UInt64, direction: Direction, at offset: UInt64) -> Finding {
        Finding(
            id: "literal-cut",
            severity: .medium,
            blame: direction == .client ? .client : .server,
            direction: direction,
            offset: offset,
            text: "the connection ended inside a literal: \(missing) of its \(size) octets are missing",
            reference: "RFC 9051 section 4.3"
        )
    }
}
