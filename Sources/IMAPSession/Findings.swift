import IMAPWire
import Traffic

/// The findings of a session, each built in one place, so that ids, severities and references are a list to read.
extension Finding {
    static func client(_ id: String, _ severity: Severity, at offset: UInt64, _ text: String, _ reference: String)
        -> Finding
    {
        Finding(
            id: id,
            severity: severity,
            blame: .client,
            direction: .client,
            offset: offset,
            text: text,
            reference: reference
        )
    }

    static func server(_ id: String, _ severity: Severity, at offset: UInt64, _ text: String, _ reference: String)
        -> Finding
    {
        Finding(
            id: id,
            severity: severity,
            blame: .server,
            direction: .server,
            offset: offset,
            text: text,
            reference: reference
        )
    }

    static func missingGreeting(at offset: UInt64) -> Finding {
        .server(
            "missing-greeting",
            .medium,
            at: offset,
            "the server's first line is not a greeting",
            "RFC 9051 section 7.1"
        )
    }

    static func clientBeforeGreeting(at offset: UInt64) -> Finding {
        .client(
            "client-before-greeting",
            .info,
            at: offset,
            "the client spoke before the server's greeting",
            "RFC 9051 section 2.2"
        )
    }

    static func unknownTag(_ tag: String, at offset: UInt64) -> Finding {
        .server(
            "unknown-tag",
            .medium,
            at: offset,
            "answers tag \(tag), which no command in progress has",
            "RFC 9051 section 2.2.1"
        )
    }

    static func reusedTag(_ tag: String, at offset: UInt64) -> Finding {
        .client(
            "reused-tag",
            .low,
            at: offset,
            "tag \(tag) is still in use by a command in progress",
            "RFC 9051 section 2.2.1"
        )
    }

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

    static func messageCut(direction: Direction, at offset: UInt64) -> Finding {
        Finding(
            id: "message-cut",
            severity: .low,
            blame: direction == .client ? .client : .server,
            direction: direction,
            offset: offset,
            text: "the connection ended inside a line",
            reference: "RFC 9051 section 2.2"
        )
    }

    static func unsolicitedContinuation(at offset: UInt64) -> Finding {
        .server(
            "unsolicited-continuation",
            .low,
            at: offset,
            "a continuation request that no command waits for",
            "RFC 9051 section 7.6"
        )
    }

    static func responseInWrongState(_ name: String, _ state: SessionState, at offset: UInt64) -> Finding {
        .server(
            "response-in-wrong-state",
            .medium,
            at: offset,
            "\(name) cannot come in state “\(state.rawValue)”",
            "RFC 9051 section 7"
        )
    }

    static func commandInWrongState(_ name: String, _ state: SessionState, at offset: UInt64) -> Finding {
        .client(
            "command-in-wrong-state",
            .low,
            at: offset,
            "\(name) is not allowed in state “\(state.rawValue)”",
            "RFC 9051 section 6"
        )
    }

    static func completionBeforeCommand(_ tag: String, at offset: UInt64) -> Finding {
        .server(
            "completion-before-command",
            .high,
            at: offset,
            "tag \(tag) is completed before its command was sent whole",
            "RFC 9051 section 5.5"
        )
    }

    static func commandDuringIdle(at offset: UInt64) -> Finding {
        .client("idle-not-ended", .medium, at: offset, "during IDLE only DONE may be sent", "RFC 2177 section 3")
    }

    static func unparsed(_ direction: Direction, at offset: UInt64) -> Finding {
        Finding(
            id: direction == .client ? "not-a-command" : "not-a-response",
            severity: .medium,
            blame: direction == .client ? .client : .server,
            direction: direction,
            offset: offset,
            text: direction == .client ? "not a command" : "neither tagged, untagged nor a continuation request",
            reference: direction == .client ? "RFC 9051 section 2.2.1" : "RFC 9051 section 2.2.2"
        )
    }

    static func emptyLine(_ direction: Direction, at offset: UInt64) -> Finding {
        Finding(
            id: "empty-line",
            severity: .low,
            blame: direction == .client ? .client : .server,
            direction: direction,
            offset: offset,
            text: "an empty line",
            reference: "RFC 9051 section 2.2"
        )
    }

    static func unknownCommand(_ name: String, at offset: UInt64) -> Finding {
        .client(
            "unknown-command",
            .info,
            at: offset,
            "\(name) is no command that imapscope knows",
            "RFC 9051 section 6"
        )
    }

    static func truncated(_ direction: Direction, _ exceeded: WireLimitExceeded, at offset: UInt64) -> Finding {
        let (id, text) =
            switch exceeded {
            case .messageText(let limit, let actual):
                ("message-truncated", "only \(limit) of the \(actual) octets of this message are kept")
            case .literals(let limit, let actual):
                ("literals-truncated", "only \(limit) of the \(actual) literals of this message are listed")
            }
        return Finding(
            id: id,
            severity: .info,
            blame: .imapscope,
            direction: direction,
            offset: offset,
            text: text,
            reference: "the limit of imapscope"
        )
    }

    static func tlsOnCleartextPort(_ direction: Direction) -> Finding {
        Finding(
            id: "tls-on-cleartext-port",
            severity: .high,
            blame: direction == .client ? .client : .configuration,
            direction: direction,
            offset: 0,
            text: direction == .client
                ? "the client began TLS (a ClientHello) on a cleartext port; it is relayed but cannot be read: set the "
                    + "client to no encryption or STARTTLS here"
                : "the server speaks TLS on this port; the upstream URL says cleartext",
            reference: "RFC 8314 section 3"
        )
    }

    static func octetsBeforeSwitch(_ count: Int, layer: String, at offset: UInt64) -> Finding {
        .client(
            "octets-before-\(layer == "TLS" ? "tls" : "deflate")",
            .high,
            at: offset,
            "\(count) octets sent before the server's answer; after it they are \(layer), never commands",
            layer == "TLS" ? "RFC 9051 section 6.2.1" : "RFC 4978 section 3"
        )
    }

    static func octetsThrownAway(_ count: Int, at offset: UInt64) -> Finding {
        var finding = Finding.client(
            "octets-before-tls",
            .high,
            at: offset,
            "\(count) octets behind STARTTLS were sent before its OK; they are thrown away and never become commands",
            "RFC 9051 section 6.2.1"
        )
        finding.leg = .client
        return finding
    }

    static func handshakeBeforeOK(_ count: Int, at offset: UInt64) -> Finding {
        var finding = Finding.client(
            "handshake-before-ok",
            .low,
            at: offset,
            "the client began TLS (\(count) octets) before the OK to its STARTTLS; they belong to the handshake",
            "RFC 9051 section 6.2.1"
        )
        finding.leg = .client
        return finding
    }

    static func serverOctetsAfterSwitch(_ count: Int, at offset: UInt64) -> Finding {
        .server(
            "octets-after-starttls",
            .high,
            at: offset,
            "\(count) octets follow the tagged OK of STARTTLS that are not TLS; they must be discarded",
            "RFC 9051 section 6.2.1"
        )
    }

    static func desynchronised(_ direction: Direction, held limit: Int, at offset: UInt64) -> Finding {
        Finding(
            id: "desynchronised",
            severity: .medium,
            blame: direction == .client ? .client : .server,
            direction: direction,
            offset: offset,
            text: "more than \(limit) octets arrived while their meaning was undecided; they are relayed unread",
            reference: "the limit of imapscope"
        )
    }

    static func tooManyExchanges(limit: Int, at offset: UInt64) -> Finding {
        .client(
            "too-many-commands",
            .low,
            at: offset,
            "more than \(limit) commands are in progress; further ones are not paired with their answers",
            "the limit of imapscope"
        )
    }

    static func saslProblem(_ text: String, blame direction: Direction, at offset: UInt64) -> Finding {
        Finding(
            id: "sasl",
            severity: .low,
            blame: direction == .client ? .client : .server,
            direction: direction,
            offset: offset,
            text: text,
            reference: "RFC 9051 section 6.2.2"
        )
    }

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
