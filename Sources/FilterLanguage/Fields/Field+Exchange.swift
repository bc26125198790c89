import IMAPProtocol
import IMAPSession
import Traffic

extension Field {
    /// A command and all that answers it. What is known only at its end is a fact of the tagged response.
    static let ofExchanges: [Field] = [
        .one("exchange", .number, "the number of the exchange that the message belongs to") { facts in
            facts.exchangeNumber.map { .number(Int64($0)) }
        },
        .one("latency", .duration, "from the command's last octet to its completion", aliases: ["time"]) {
            $0.completed?.latency.map { .number($0) }
        },
        .one("first_answer", .duration, "from the command's last octet to the first octet that answers it") {
            $0.completed?.firstAnswerLatency.map { .number($0) }
        },
        .one(
            "exchange.status",
            .keyword,
            "how the exchange ended",
            values: ["OK", "NO", "BAD"]
        ) { $0.completed?.status.map { .text($0.name) } },
        .one("bytes", .size, "octets of the command and of all that answered it", aliases: ["exchange.bytes"]) {
            $0.completed.map { .number(Int64(clamping: $0.clientOctets &+ $0.serverOctets)) }
        },
        .one("untagged", .number, "how many untagged responses answered the command") {
            $0.completed.map { .number(Int64($0.untagged)) }
        },
        .one("response_to", .number, "the number of the command message that a response answers") { facts in
            guard facts.direction == .server else { return nil }
            return facts.commandMessage.map { .number(Int64($0)) }
        },
        .one(
            "response_in",
            .number,
            "the number of the message that completes the exchange: known with that message, not before"
        ) { facts in facts.message.flatMap { $0.completes == nil ? nil : .number(Int64($0.number)) } },
    ]
}
