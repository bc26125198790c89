import IMAPProtocol
import Testing

struct MessageCommandNoteTests {
    static let searches: [(String, String)] = [
        (
            #"1 SEARCH OR SMALLER 10000 HEADER SUBJECT "crash""#,
            "searches for messages smaller than 10,000 octets, or whose Subject contains “crash”"
        ),
        ("1 SEARCH ALL", "searches for all messages"),
        ("1 UID SEARCH ALL", "searches for the UIDs of all messages"),
        ("1 SEARCH UNSEEN", "searches for messages that are unread"),
        ("1 SEARCH NOT SEEN", "searches for messages that are unread"),
        ("1 SEARCH NOT NOT SEEN", "searches for messages that are read"),
        (
            #"1 SEARCH FLAGGED SINCE 1-Feb-1994 NOT FROM "Smith""#,
            "searches for messages that are flagged and that arrived on or after 1 Feb 1994 and whose From does not contain “Smith”"
        ),
        (
            "1 SEARCH OR SEEN DRAFT UNFLAGGED",
            "searches for messages (that are read, or that are drafts) and that are not flagged"
        ),
        (
            "1 SEARCH UNFLAGGED OR SEEN DRAFT",
            "searches for messages that are not flagged and (that are read, or that are drafts)"
        ),
        (
            "1 SEARCH OR (SEEN DRAFT) (UNSEEN)",
            "searches for messages that are read and that are drafts, or that are unread"
        ),
        (
            "1 SEARCH NOT (SEEN DRAFT)",
            "searches for messages except those (that are read and that are drafts)"
        ),
        ("1 SEARCH NOT OR SEEN DRAFT", "searches for messages except those (that are read, or that are drafts)"),
        ("1 SEARCH 1:10,12", "searches for messages numbered 1-10 and 12"),
        ("1 SEARCH UID 1:10", "searches for messages with UIDs 1-10"),
        ("1 SEARCH $ DELETED", "searches for messages in the kept search result and that are marked deleted"),
        (
            "1 SEARCH KEYWORD $Junk UNKEYWORD foo",
            "searches for messages with keyword “$Junk” and without keyword “foo”"
        ),
        (#"1 SEARCH HEADER MESSAGE-ID """#, "searches for messages with a header field Message-ID"),
        ("1 SEARCH LARGER 1", "searches for messages larger than 1 octet"),
        ("1 SEARCH YOUNGER 86400", "searches for messages younger than 1 day"),
        ("1 SEARCH OLDER 129600", "searches for messages older than 36 hours"),
        ("1 SEARCH NOT OLDER 90", "searches for messages not older than 90 seconds"),
        ("1 SEARCH OLDER x", "searches for messages older than “x”"),
        (
            "1 SEARCH MODSEQ \"/flags/\\\\draft\" all 620162338",
            "searches for messages changed since mod-sequence 620162338"
        ),
        ("1 SEARCH FUZZY SUBJECT \"IMAP\"", "searches for messages roughly whose Subject contains “IMAP”"),
        ("1 SEARCH CHARSET UTF-8 TEXT {6}\r\nмой", "searches for messages that contain “мой”"),
        ("1 SEARCH CHARSET KOI8-R UNSEEN", "searches for messages that are unread, in charset KOI8-R"),
        (
            "1 SEARCH RETURN (MIN COUNT) DELETED",
            "searches for messages that are marked deleted; asks for the lowest and the count"
        ),
        ("1 SEARCH RETURN () ALL", "searches for all messages"),
        ("1 SEARCH FOO", "searches for messages matching the unknown key FOO"),
        ("1 SEARCH", "searches for messages matching nothing"),
        (
            "1 SORT (REVERSE DATE SUBJECT) UTF-8 UNSEEN",
            "searches for messages that are unread, sorted by reverse date, then Subject"
        ),
        (
            "1 UID THREAD REFERENCES UTF-8 ALL",
            "searches for the UIDs of all messages, grouped into threads by references"
        ),
    ]

    static let fetches: [(String, String)] = [
        ("1 FETCH 1:10 FLAGS", "asks for flags of messages 1-10"),
        ("1 FETCH 1:10 (FLAGS UID RFC822.SIZE)", "asks for flags, UID and size of messages 1-10"),
        (
            "1 UID FETCH 71 BODY[HEADER.FIELDS (SUBJECT)]",
            "asks for the Subject header of the message with UID 71; sets \\Seen"
        ),
        (
            "1 FETCH 71 (BODY.PEEK[HEADER.FIELDS (FROM TO)])",
            "asks for the From and To headers of message 71 without marking it read"
        ),
        ("1 FETCH 1:* (BODY.PEEK[])", "asks for the full text of all messages without marking them read"),
        (
            "1 FETCH 3 BODY[]<0.1024>",
            "asks for the first 1,024 octets of the full text of message 3; sets \\Seen"
        ),
        (
            "1 FETCH 3 BODY[2]<2048.1024>",
            "asks for 1,024 octets from octet 2,048 on of part 2 of message 3; sets \\Seen"
        ),
        ("1 FETCH 3 BODY[1.2.MIME]", "asks for the MIME header of part 1.2 of message 3; sets \\Seen"),
        ("1 FETCH 3 BODY[4.HEADER]", "asks for the header of part 4 of message 3; sets \\Seen"),
        ("1 FETCH 3 (ENVELOPE BODYSTRUCTURE)", "asks for envelope and body structure of message 3"),
        ("1 FETCH 3 ALL", "asks for flags, arrival date, size and envelope of message 3"),
        ("1 FETCH 3 RFC822", "asks for full text of message 3; sets \\Seen"),
        ("1 FETCH 3 RFC822.HEADER", "asks for header of message 3"),
        ("1 FETCH 3 BINARY.PEEK[1]", "asks for decoded part 1 of message 3 without marking it read"),
        (
            "1 UID FETCH 32 (BINARY.PEEK[1]<2.4>)",
            "asks for 4 octets from octet 2 on of decoded part 1 of the message with UID 32 without marking it read"
        ),
        (
            "1 FETCH 3 BINARY.PEEK[2.1]<0.9>",
            "asks for the first 9 octets of decoded part 2.1 of message 3 without marking it read"
        ),
        ("1 FETCH 3 BINARY.PEEK[]", "asks for the full decoded text of message 3 without marking it read"),
        ("1 FETCH 3 BINARY.SIZE[]", "asks for the decoded size of the full text of message 3"),
        ("1 FETCH 3 BINARY.SIZE[1]", "asks for the decoded size of part 1 of message 3"),
        (
            "1 UID FETCH 300:500 (FLAGS) (CHANGEDSINCE 12345 VANISHED)",
            "asks for flags of messages with UIDs 300-500 changed since mod-sequence 12345, and which are gone"
        ),
        ("1 UID FETCH 5:* (MODSEQ)", "asks for mod-sequence of messages with UIDs from 5 on"),
        ("1 FETCH * (PREVIEW (LAZY) UID)", "asks for preview (if it is at hand) and UID of the last message"),
        (
            "1 FETCH 1,3,5,7,9,11,13,15,17,19 UID",
            "asks for UID of messages 1, 3, 5, 7 and 6 more (10 in all)"
        ),
        ("1 FETCH $ UID", "asks for UID of the messages of the kept search result"),
        ("1 FETCH 1,a UID", "asks for UID of messages “1,a” (not a valid set)"),
    ]

    static let stores: [(String, String)] = [
        ("1 UID STORE 10 +FLAGS (a-funny-flag)", "adds keyword a-funny-flag to the message with UID 10"),
        ("1 STORE 10 +FLAGS (\\Deleted)", "marks message 10 deleted"),
        ("1 STORE 10 +FLAGS \\Deleted \\Seen", "marks message 10 deleted and read"),
        ("1 STORE 2:4 -FLAGS.SILENT (\\Seen)", "marks messages 2-4 unread, silently"),
        ("1 STORE 2 +FLAGS (\\Seen foo)", "adds flag \\Seen and keyword foo to message 2"),
        (
            "1 STORE 2 FLAGS (\\Seen \\Draft foo bar)",
            "sets message 2 to flags \\Seen and \\Draft, keywords foo and bar"
        ),
        ("1 STORE 2 FLAGS ()", "sets message 2 to no flags"),
        (
            "1 STORE 7 (UNCHANGEDSINCE 320162338) -FLAGS (foo)",
            "removes keyword foo from message 7, if unchanged since mod-sequence 320162338"
        ),
        ("1 UID STORE 7 +X-GM-LABELS (foo)", "adds Gmail labels “foo” on the message with UID 7"),
    ]

    @Test(arguments: searches + fetches + stores)
    func `a message command is told in one sentence`(_ line: String, _ note: String) {
        #expect(Notes.command(line) == note)
    }
}
