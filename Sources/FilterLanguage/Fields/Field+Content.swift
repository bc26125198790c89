import IMAPProtocol
import IMAPSession
import Traffic

extension Field {
    /// What stands in a message. Secrets are masked before.
    static let ofContents: [Field] = [
        .early("tag", .string, "the tag of the message") { $0.tag(nil, $1) }.verbatim(),
        .early("request.tag", .string, "the tag of a command", aliases: ["request_tag"]) {
            $0.tag(.client, $1)
        }.verbatim(),
        .early("response.tag", .string, "the tag of a tagged response", aliases: ["response_tag"]) {
            $0.tag(.server, $1)
        }.verbatim(),
        .one(
            "text",
            .string,
            "the whole message as it is kept: its lines, and the beginnings of its literals",
            aliases: ["line"],
            needs: .text
        ) { facts in facts.whole.map { .octets($0) } }.verbatim(),
        .early("request", .string, "what the client says behind the tag") { $0.behindTag(.client, $1) }.verbatim(),
        .early("response", .string, "what the server says behind the tag, * or +") {
            $0.behindTag(.server, $1)
        }.verbatim(),
        .early("code", .keyword, "the response code of a status response: ALERT, UIDVALIDITY") {
            $0.code($1)
        }.verbatim(),
        .each("capability", .keyword, "a capability in a list of them, or in ENABLE", aliases: ["capabilities"]) {
            facts,
            test in
            facts.values(of: [.capability, .authCapability]) { test(.octets($0)) }
        }.verbatim(),
        .each("flag", .keyword, "a flag or keyword: `\\Seen`, `$Forwarded`", aliases: ["flags"]) { facts, test in
            facts.values(of: [.flag, .flagKeyword]) { test(.octets($0)) }
        }.verbatim(),
        .each("uid", .number, "a UID that stands in the message; sets count with all their members") { facts, test in
            facts.uids(test)
        },
        .one("number", .number, "the number before an untagged response's name") {
            $0.message?.sequenceNumber.map { .number(Int64(clamping: $0)) }
        },
        .each(
            "folder",
            .string,
            "a mailbox that the message names, modified UTF-7 decoded; INBOX in capitals",
            aliases: ["request.folder"]
        ) { facts, test in facts.mailboxNames { test(.text($0)) } },
        .each("item", .keyword, "a data item that is fetched or answered: FLAGS, ENVELOPE, BODY[]") { facts, test in
            facts.fetchItems { test(.octets($0)) }
        },
        .each("subject", .string, "the subject in an ENVELOPE, encoded words decoded") { facts, test in
            facts.decoded([.envSubject]) { test(.text($0)) }
        },
        .each("address", .keyword, "an address in an ENVELOPE: `joe@example.org`") { facts, test in
            facts.envelopeAddresses { test(.text($0)) }
        },
        .one(
            "request.username",
            .string,
            "the user name that a LOGIN or a line of AUTHENTICATE names",
            needs: .text
        ) { facts in facts.claimedUser.map { .text($0) } },
    ]
}
