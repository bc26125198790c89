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

    static func literalLeftover(_ octets: Int, size: UInt64, at offset: UInt64) -> Finding {
        .client(
            "literal-leftover",
            .medium,
            at: offset,
            "\(octets) octets follow the literal of \(size) octets where a space, “)” or the end of the command must "
                + "stand: the count is likely too small",
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

    static func literalSwallowedCommand(size: UInt64, at offset: UInt64) -> Finding {
        .client(
            "literal-too-long",
            .medium,
            at: offset,
            "the literal of \(size) octets ends inside what looks like the next command: the count is likely too large",
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
