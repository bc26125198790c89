import Traffic

/// Greetings, tags, continuation requests and states: what pairs commands with answers.
extension Finding {
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

    static func unsolicitedContinuation(at offset: UInt64) -> Finding {
        .server(
            "unsolicited-continuation",
            .low,
            at: offset,
            "a continuation request that no command waits for",
            "RFC 9051 section 7.6"
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

    static func unknownCommand(_ name: String, at offset: UInt64) -> Finding {
        .client(
            "unknown-command",
            .info,
            at: offset,
            "\(name) is no command that imapscope knows",
            "RFC 9051 section 6"
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
}
