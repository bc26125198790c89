extension Specification {
    /// RFC 3501 section 7: responses and response codes.
    static let imap4rev1Responses = Specification(
        "RFC 3501",
        "IMAP4rev1: responses and codes",
        [
            .response("OK", "information"),
            .response("NO", "warning"),
            .response("BAD", "the server did not understand something or is at fault"),
            .response("BYE", "the server closes the connection"),
            .response("PREAUTH", "already logged in"),
            .response("CAPABILITY", "the server lists what it can do"),
            .response("FLAGS", "flags in use in this mailbox"),
            .response("EXISTS", "number of messages in the mailbox"),
            .response("RECENT", "number of messages new to this session"),
            .response("EXPUNGE", "a message is gone; later ones move down by one"),
            .response("FETCH", "message data or changed flags"),
            .response("LIST", "a mailbox and its properties"),
            .response("LSUB", "a subscribed mailbox"),
            .response("STATUS", "counters of a mailbox"),
            .response("SEARCH", "messages that match"),
            .code("ALERT", "to be shown to the user"),
            .code("BADCHARSET", "the charset of the search is not supported"),
            .code("CAPABILITY", "server offers capabilities"),
            .code("PARSE", "a stored message has a header that the server cannot parse"),
            .code("PERMANENTFLAGS", "flags that can be saved"),
            .code("READ-ONLY", "opened read-only"),
            .code("READ-WRITE", "opened for reading and writing"),
            .code("TRYCREATE", "the target mailbox is missing but could be created"),
            .code("UIDNEXT", "the next message gets at least this UID"),
            .code("UIDVALIDITY", "version of the mailbox's UIDs; when it changes, cached UIDs are void"),
            .code("UNSEEN", "first unread message"),
        ]
    )
}
