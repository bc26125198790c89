import Traffic

/// Streams that were lost and found again.
extension Finding {
    static func resynchronised(_ direction: Direction, at offset: UInt64) -> Finding {
        Finding(
            id: "resynchronised",
            severity: .info,
            blame: direction == .client ? .client : .server,
            direction: direction,
            offset: offset,
            text: direction == .client
                ? "from here on the client's octets are commands again"
                : "from here on the server's octets are responses again",
            reference: "RFC 9051 section 2.2"
        )
    }

    static func literalBroken(received: UInt64, size: UInt64, at offset: UInt64) -> Finding {
        .server(
            "desynchronised",
            .medium,
            at: offset,
            "the literal announced \(size) octets; only \(received) came before the server completed a command and the "
                + "client went on: the count is too large by at least \(size - min(received, size))",
            "RFC 9051 section 4.3"
        )
    }

    static func literalOverrun(size: UInt64, at offset: UInt64) -> Finding {
        .server(
            "desynchronised",
            .medium,
            at: offset,
            "what follows the literal of \(size) octets is no part of the response: the count is too small; lines are not "
                + "read as responses until a plausible one begins",
            "RFC 9051 section 4.3"
        )
    }
}
