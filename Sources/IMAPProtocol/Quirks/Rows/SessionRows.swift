import Traffic

/// What only both directions together show.
extension Quirk {
    public static let repeatedBye = Quirk(
        "repeated-bye",
        .server,
        .session,
        "the server says BYE again",
        meaning: "the server waits for the client to close",
        knownFor: ["Yandex"],
        reference: "RFC 9051 section 7.1.5",
        sources: ["MailKit#938"]
    )
    public static let secondCompletion = Quirk(
        "second-completion",
        .server,
        .session,
        "the command was completed before",
        meaning: "the first completion counts",
        knownFor: ["Exchange 2003"],
        reference: "RFC 9051 section 2.2.2",
        sources: ["libetpan#45", "net-imap#665"]
    )
    public static let dataWithoutCommand = Quirk(
        "data-without-command",
        .server,
        .session,
        "the answer to a command that is not in progress",
        meaning: "late data of an earlier command, or injected",
        reference: "RFC 9051 section 7",
        sources: ["net-imap#665", "net-imap#666", "net-imap#667"]
    )
    public static let untaggedBad = Quirk(
        "untagged-bad",
        .server,
        .session,
        "an untagged BAD while a command is in progress",
        meaning: "an error without a tag; the client may wait for its completion for ever",
        knownFor: ["interia.pl"],
        reference: "RFC 9051 section 7.1.3",
        sources: ["MailKit#860"]
    )
    public static let enableWithoutEnabled = Quirk(
        "enable-without-enabled",
        .server,
        .session,
        "ENABLE was completed without an untagged ENABLED",
        meaning: "nothing was enabled, as far as the server says",
        knownFor: ["iCloud"],
        reference: "RFC 5161 section 3.2",
        sources: ["MailKit#1871"]
    )
    public static let searchForESearch = Quirk(
        "search-for-esearch",
        .server,
        .session,
        "SEARCH answers a search with RETURN, which ESEARCH must",
        meaning: "all matching messages",
        reference: "RFC 4731 section 3.1",
        sources: ["MailKit"]
    )
    public static let listForXList = Quirk(
        "list-for-xlist",
        .server,
        .session,
        "LIST answers XLIST",
        meaning: "the list",
        knownFor: ["cyon.ch"],
        reference: "the XLIST extension of Gmail",
        sources: ["libetpan#403"]
    )
    public static let advertisedRefused = Quirk(
        "advertised-command-refused",
        .server,
        .session,
        "BAD answers a command that the server offers",
        meaning: "the server does not know the command, or not in this form",
        knownFor: ["189.cn (NAMESPACE)", "nginx (ID)", "Exchange (LSUB)", "Proton Bridge (LIST)"],
        reference: "RFC 9051 section 7.1.3",
        sources: ["mailcore2#1471", "Mailu#2938", "imapflow list.js", "MailKit#674"]
    )
    public static let fetchItemMissing = Quirk(
        "fetch-item-missing",
        .server,
        .session,
        "the answers to FETCH lack RFC822 or RFC822.TEXT, which was asked for",
        meaning: "the server does not send it",
        knownFor: ["iCloud"],
        reference: "RFC 9051 section 7.5.2",
        sources: ["defects#36"]
    )
    public static let preauthGreeting = Quirk(
        "preauth-without-tls",
        .server,
        .session,
        "PREAUTH on a cleartext connection: STARTTLS is no longer possible",
        meaning: "the connection is authenticated",
        reference: "RFC 9051 section 7.1.4",
        sources: ["fake-mail-server"]
    )
    public static let outOfOrder = Quirk(
        "completed-out-of-order",
        .server,
        .session,
        "completed before a command that was sent earlier",
        meaning: "tags pair commands and answers; the order does not count",
        reference: "RFC 9051 section 5.5"
    )
    public static let initialResponseNotOffered = Quirk(
        "initial-response-not-offered",
        .client,
        .session,
        "the client sent an initial response, which the server has not offered (SASL-IR)",
        meaning: "an initial response all the same",
        reference: "RFC 4959 section 3",
        sources: ["tutabridge#33"]
    )
    public static let notIMAP = Quirk(
        "not-imap",
        .client,
        .session,
        "the stream begins with octets of another protocol",
        meaning: "lines that are no commands",
        reference: "RFC 9051 section 2.2",
        sources: ["Zeek test traces"]
    )

    static let sessionRows: [Quirk] = [
        repeatedBye, secondCompletion, dataWithoutCommand, untaggedBad, enableWithoutEnabled, searchForESearch,
        listForXList, advertisedRefused, fetchItemMissing, preauthGreeting, outOfOrder, initialResponseNotOffered,
        notIMAP,
    ]
}
