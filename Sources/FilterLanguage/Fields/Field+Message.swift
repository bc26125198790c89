import IMAPProtocol
import IMAPSession
import IMAPWire
import Traffic

extension Field {
    /// What sort of message it is and how it was carried.
    static let ofMessages: [Field] = [
        .one("direction", .keyword, "which peer speaks", values: ["client", "server"], needs: .kind) {
            $0.direction.map { .text($0.name) }
        },
        .one("isrequest", .boolean, "whether the client speaks", needs: .kind) {
            $0.direction.map { .boolean($0 == .client) }
        },
        .one(
            "kind",
            .keyword,
            "what sort of message it is",
            values: [
                "greeting", "command", "sasl", "done", "cancel", "continuation", "untagged", "tagged", "unparsed",
            ],
            needs: .kind
        ) { $0.message.map { .text($0.kind.rawValue) } },
        .early(
            "command",
            .keyword,
            "the command, of a response the one that it answers; UID FETCH is FETCH"
        ) { $0.command($1) },
        .early("request.command", .keyword, "the command, in the client's messages only") { facts, test in
            facts.direction == .client ? facts.command(test) : .no
        },
        .one(
            "command.uid",
            .boolean,
            "whether the command stands behind the word UID",
            aliases: ["request.command.uid"]
        ) { facts in
            guard let message = facts.message, message.kind == .command else { return nil }
            return .boolean(message.isUID)
        },
        .early(
            "response.name",
            .keyword,
            "the name of a response: FETCH, EXISTS, OK",
            aliases: ["response.command"]
        ) { $0.response($1) },
        .one(
            "status",
            .keyword,
            "the word of a status response, tagged or not",
            values: ["OK", "NO", "BAD", "BYE", "PREAUTH"],
            aliases: ["response.status"],
            needs: .kind
        ) { $0.message?.status.map { .text($0.name) } },
        .one("message", .number, "the number of the message in its session") {
            $0.message.map { .number(Int64($0.number)) }
        },
        .one("offset", .size, "octets of its direction before the message") {
            $0.message.map { .number(Int64(clamping: $0.offset)) }
        },
        .one("length", .size, "octets of the message, literals and line end included", aliases: ["frame.len"]) {
            $0.message.map { .number(Int64(clamping: $0.length)) }
        },
        .one("literals", .number, "how many literals the message has") {
            $0.message.map { .number(Int64($0.literals.count)) }
        },
        .each("literal.size", .size, "the announced size of a literal", needs: .message) { facts, test in
            facts.message?.literals.contains { test(.number(Int64(clamping: $0.size))) } ?? false
        },
        .one("complete", .boolean, "whether the message came to its end") { $0.message.map { .boolean($0.complete) } },
        .each(
            "quirk",
            .keyword,
            "a deviation in how the message was carried",
            values: WireQuirks.names.map(\.name),
            needs: .message
        ) { facts, test in
            guard let quirks = facts.message?.quirks, !quirks.isEmpty else { return false }
            return WireQuirks.names.contains { quirks.contains($0.quirk) && test(.text($0.name)) }
        },
    ]
}

extension SessionFacts {
    /// The command of the message, or of the exchange that it belongs to.
    func command(_ test: (FactValue) -> Bool) -> Truth {
        if let known = self.knownCommand { return Truth(test(.text(known.rawValue))) }
        guard let message else { return Truth(self.exchange.map { test(.text($0.name)) } ?? false) }
        switch self.knowledge {
        case .kind: return self.commandIsOpen ? .unknown : .no
        case .message where message.kind == .command: return .unknown
        case .text where message.kind == .command && !message.name.isEmpty:
            return Truth(self.octets(message.name).map { test(.octets($0)) } ?? false)
        case .message, .text: return Truth(self.exchange.map { test(.text($0.name)) } ?? false)
        }
    }

    func response(_ test: (FactValue) -> Bool) -> Truth {
        guard let message, message.direction == .server else { return .no }
        if let response = message.response { return Truth(test(.text(response.rawValue))) }
        switch message.kind {
        case .untagged, .tagged, .greeting:
            guard self.knowledge == .text else { return .unknown }
            return Truth(message.name.isEmpty ? false : self.octets(message.name).map { test(.octets($0)) } ?? false)
        case .command, .sasl, .done, .cancel, .continuation, .unparsed: return .no
        }
    }
}
