/// A search key whose meaning is a phrase that follows "messages", or its contrary.
struct SearchPhrase: Sendable {
    enum Argument: Sendable {
        case none
        case string
        case mailbox
        case number
        case octets
        case date
        case seconds
        case uids
    }

    let argument: Argument
    let positive: StaticString
    let negative: StaticString

    init(_ argument: Argument, _ positive: StaticString, _ negative: StaticString) {
        self.argument = argument
        self.positive = positive
        self.negative = negative
    }

    /// Keys of RFC 3501 section 6.4.4 and extensions; those with a form of their own are read in the annotator.
    static let table: [String: SearchPhrase] = [
        "ALL": SearchPhrase(.none, "in the mailbox", "not in the mailbox"),
        "ANSWERED": SearchPhrase(.none, "that are answered", "that are not answered"),
        "DELETED": SearchPhrase(.none, "that are marked deleted", "that are not marked deleted"),
        "DRAFT": SearchPhrase(.none, "that are drafts", "that are not drafts"),
        "FLAGGED": SearchPhrase(.none, "that are flagged", "that are not flagged"),
        "NEW": SearchPhrase(.none, "that are new and unread", "that are not both new and unread"),
        "OLD": SearchPhrase(.none, "that are not recent", "that are recent"),
        "RECENT": SearchPhrase(.none, "that are recent", "that are not recent"),
        "SEEN": SearchPhrase(.none, "that are read", "that are unread"),
        "UNANSWERED": SearchPhrase(.none, "that are not answered", "that are answered"),
        "UNDELETED": SearchPhrase(.none, "that are not marked deleted", "that are marked deleted"),
        "UNDRAFT": SearchPhrase(.none, "that are not drafts", "that are drafts"),
        "UNFLAGGED": SearchPhrase(.none, "that are not flagged", "that are flagged"),
        "UNSEEN": SearchPhrase(.none, "that are unread", "that are read"),
        "BCC": SearchPhrase(.string, "whose Bcc contains", "whose Bcc does not contain"),
        "CC": SearchPhrase(.string, "whose Cc contains", "whose Cc does not contain"),
        "FROM": SearchPhrase(.string, "whose From contains", "whose From does not contain"),
        "TO": SearchPhrase(.string, "whose To contains", "whose To does not contain"),
        "SUBJECT": SearchPhrase(.string, "whose Subject contains", "whose Subject does not contain"),
        "BODY": SearchPhrase(.string, "whose body contains", "whose body does not contain"),
        "TEXT": SearchPhrase(.string, "that contain", "that do not contain"),
        "KEYWORD": SearchPhrase(.string, "with keyword", "without keyword"),
        "UNKEYWORD": SearchPhrase(.string, "without keyword", "with keyword"),
        "BEFORE": SearchPhrase(.date, "that arrived before", "that did not arrive before"),
        "ON": SearchPhrase(.date, "that arrived on", "that did not arrive on"),
        "SINCE": SearchPhrase(.date, "that arrived on or after", "that arrived before"),
        "SENTBEFORE": SearchPhrase(.date, "dated before", "not dated before"),
        "SENTON": SearchPhrase(.date, "dated", "not dated"),
        "SENTSINCE": SearchPhrase(.date, "dated on or after", "not dated on or after"),
        "LARGER": SearchPhrase(.octets, "larger than", "not larger than"),
        "SMALLER": SearchPhrase(.octets, "smaller than", "not smaller than"),
        "UID": SearchPhrase(.uids, "with", "without"),
        // RFC 9738 section 3.2
        "UIDAFTER": SearchPhrase(.number, "with UIDs above", "with UIDs not above"),
        "UIDBEFORE": SearchPhrase(.number, "with UIDs below", "with UIDs not below"),
        // RFC 5032 section 3
        "YOUNGER": SearchPhrase(.seconds, "younger than", "not younger than"),
        "OLDER": SearchPhrase(.seconds, "older than", "not older than"),
        // RFC 5466 section 2.1
        "FILTER": SearchPhrase(.string, "that match the search named", "that do not match the search named"),
        // RFC 8474 section 5.2
        "EMAILID": SearchPhrase(.string, "with identifier", "with another identifier than"),
        "THREADID": SearchPhrase(.string, "of thread", "not of thread"),
        // RFC 8514 section 4.3
        "SAVEDBEFORE": SearchPhrase(.date, "saved before", "not saved before"),
        "SAVEDON": SearchPhrase(.date, "saved on", "not saved on"),
        "SAVEDSINCE": SearchPhrase(.date, "saved on or after", "saved before"),
        "SAVEDATESUPPORTED": SearchPhrase(.none, "whose save date is kept", "whose save date is not kept"),
        "X-GM-RAW": SearchPhrase(.string, "that match the Gmail query", "that do not match the Gmail query"),
        "X-GM-MSGID": SearchPhrase(.string, "with Gmail message id", "with another Gmail message id than"),
        "X-GM-THRID": SearchPhrase(.string, "of Gmail thread", "not of Gmail thread"),
        "X-GM-LABELS": SearchPhrase(.mailbox, "with Gmail label", "without Gmail label"),
    ]
}
