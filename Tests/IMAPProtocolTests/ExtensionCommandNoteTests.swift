import IMAPProtocol
import Testing

/// Commands of extensions and vendors, argument for argument.
struct ExtensionCommandNoteTests {
    static let session: [(String, String)] = [
        ("1 ENABLE X-FOO", "switches on X-FOO (unknown)"),
        ("1 ENABLE UIDONLY", "switches on UIDONLY (UIDs only, no message numbers)"),
        ("1 ENABLE a b c CONDSTORE", "switches on a, b, c and CONDSTORE"),
        ("1 ENABLE", "switches on nothing"),
        (
            #"1 ID ("name" "sodr" "os" "Linux" "vendor" "Example" "support-url" NIL)"#,
            "says it is sodr on Linux (vendor Example)"
        ),
        (#"1 ID ("foo" "bar")"#, "says it is a client without a name (foo bar)"),
        ("1 LANGUAGE default", "chooses the language of the server's texts: the server's own"),
        ("1 COMPARATOR", "asks how texts are compared and sorted"),
        (
            #"1 COMPARATOR "cz;*" i;basic"#,
            "chooses how texts are compared and sorted: cz;* and i;basic"
        ),
        ("1 PROXYAUTH fred", "becomes the user “fred”"),
        ("1 GETJMAPACCESS", "asks where the same mail is offered by JMAP"),
        (
            "1 XAPPLEPUSHSERVICE aps-version 2 aps-account-id AAA aps-device-token BBB aps-subtopic com.apple.mobilemail mailboxes (INBOX Notes)",
            "registers an Apple device for push notification (version 2) under com.apple.mobilemail of “INBOX” and “Notes”"
        ),
    ]

    static let notifications: [(String, String)] = [
        (
            "1 NOTIFY SET STATUS (selected MessageNew (UID BODY.PEEK[HEADER.FIELDS (From)]) MessageExpunge)",
            "asks the server to push nothing in the open mailbox; and how things stand now"
        ),
        (
            "1 NOTIFY SET (selected-delayed (MessageNew (UID FLAGS) MessageExpunge FlagChange)) (subtree Lists (MessageNew))",
            "asks the server to push new messages (with UID and flags), removals and flag changes in the open mailbox (removals only when numbers may change); new messages in “Lists” and below"
        ),
        (
            "1 NOTIFY SET (mailboxes (a Entw&APw-rfe) (FlagChange)) (subtree-one b NONE)",
            "asks the server to push flag changes in “a” and “Entwürfe”; nothing in “b” and one level below"
        ),
        (
            "1 NOTIFY SET (personal (MailboxName SubscriptionChange)) (subscribed (MailboxMetadataChange ServerMetadataChange AnnotationChange X-FOO))",
            "asks the server to push created, renamed and deleted mailboxes and changed subscriptions in all personal mailboxes; changed mailbox annotations, changed server annotations, changed message annotations and unknown event X-FOO in all subscribed mailboxes"
        ),
        ("1 NOTIFY SET", "asks the server to push nothing"),
        ("1 NOTIFY SET (x-foo (MessageNew))", "asks the server to push new messages in unknown filter x-foo"),
    ]

    static let mailboxes: [(String, String)] = [
        (
            "1 SELECT INBOX (QRESYNC (1 2 1:5 (1,3 100,105)))",
            "opens “INBOX”, catching up from mod-sequence 2 (UIDVALIDITY 1), knowing UIDs 1-5, with messages 1 and 3 as UIDs 100 and 105"
        ),
        ("1 SELECT INBOX (ANNOTATE)", "opens “INBOX”, with message annotations"),
        ("1 SELECT INBOX (X-FOO)", "opens “INBOX”, with unknown parameter X-FOO"),
        (
            #"1 LIST "" % RETURN (METADATA (/shared/comment) MYRIGHTS X-FOO)"#,
            "lists top-level mailboxes; asks also for annotations /shared/comment, the user's rights and unknown option X-FOO"
        ),
        ("1 RLIST \"\" *", "lists all mailboxes, also on other servers"),
        (
            "1 STATUS a (HIGHESTMODSEQ MAILBOXID APPENDLIMIT SIZE DELETED X-FOO)",
            "asks for the highest mod-sequence, permanent identifier, largest upload, total size, deleted count and unknown STATUS item X-FOO of “a”"
        ),
        (
            #"1 APPEND a CATENATE (URL "/Drafts;UIDVALIDITY=385759045/;UID=20/;section=HEADER" TEXT {5}"#
                + "\r\nhello)",
            "uploads a message to “a”, put together from the message with UID 20 in “Drafts”, part HEADER and 5 octets of text"
        ),
        (
            "1 UID REPLACE 2000 Drafts (\\Seen \\Draft) {5}\r\nhello",
            "replaces the message with UID 2000 by a new version in “Drafts”, 5 octets, flags \\Seen and \\Draft"
        ),
        (
            "1 SETMETADATA INBOX (/private/comment NIL)",
            "deletes annotation /private/comment of “INBOX”"
        ),
        (
            "1 SETMETADATA \"\" (/shared/a NIL /shared/b ~{3}\r\nabc)",
            "writes annotations /shared/a and /shared/b (1 of them deleted) of the server"
        ),
        (
            #"1 GETANNOTATION INBOX "/comment" "value.priv""#,
            "reads annotation “/comment” (value.priv) of “INBOX”"
        ),
        (
            #"1 SETANNOTATION INBOX "/comment" ("value.priv" "x")"#,
            "writes annotation “/comment” (value.priv “x”) of “INBOX”"
        ),
    ]

    static let urls: [(String, String)] = [
        (
            #"1 GENURLAUTH "imap://joe@example.com/INBOX/;uid=20/;section=1.2;urlauth=submit+fred" INTERNAL"#,
            "asks to sign the URL of the message with UID 20 in “INBOX” of joe at example.com, part 1.2, for the submission server on behalf of fred"
        ),
        (
            #"1 URLFETCH "imap://joe@example.com/Entw%C3%BCrfe/;uid=20;expire=2026-12-31T00:00:00Z;urlauth=anonymous:internal:****""#,
            "reads through a signed URL the message with UID 20 in “Entwürfe” of joe at example.com, for anybody, until 2026-12-31T00:00:00Z"
        ),
        (
            #"1 URLFETCH ("imap://h/a;UID=1;URLAUTH=authuser:internal:****" BODYPARTSTRUCTURE BINARY)"#,
            "reads through a signed URL the structure and the decoded data of the message with UID 1 in “a” at h, for any user who is logged in"
        ),
        ("1 RESETKEY", "revokes all signed URLs of the user"),
        ("1 RESETKEY INBOX INTERNAL", "revokes all signed URLs of “INBOX” made with INTERNAL"),
    ]

    static let conversions: [(String, String)] = [
        (
            #"1 CONVERT 2 ("text/plain" ("charset" "utf-8")) BINARY[2]"#,
            "asks for decoded part 2 of message 2, converted to text/plain (charset “utf-8”)"
        ),
        (
            "1 UID CONVERT 120 (NIL) (BINARY[2] AVAILABLECONVERSIONS[2])",
            "asks for decoded part 2 and possible conversions of part 2 of the message with UID 120, converted to what the server thinks best"
        ),
        (#"1 CONVERSIONS "text/html" "*""#, "asks whether text/html can be converted to anything"),
    ]

    static let messages: [(String, String)] = [
        (
            #"1 ESEARCH IN (mailboxes "folder1" subtree ("folder2" b)) UNSEEN"#,
            "searches “folder1”, “folder2” and “b” and below for messages that are unread"
        ),
        ("1 ESEARCH IN (selected personal) ALL", "searches the open mailbox, all personal mailboxes for all messages"),
        (
            "1 SEARCH RETURN (PARTIAL 1:500 UPDATE (UID) CONTEXT SAVE) UNSEEN",
            "searches for messages that are unread; asks for the first 500 results, live updates (with UID), a search that will be used again and the result to be kept as $"
        ),
        (
            "1 SEARCH RETURN (PARTIAL -1:-100) UNSEEN",
            "searches for messages that are unread; asks for the last 100 results"
        ),
        ("1 SEARCH RETURN (X-FOO (1)) ALL", "searches for all messages; asks for unknown option X-FOO"),
        ("1 SEARCH UID 5", "searches for messages with UID 5"),
        ("1 SEARCH NOT UID 5:7", "searches for messages without UIDs 5-7"),
        ("1 SEARCH UIDAFTER 25", "searches for messages with UIDs above 25"),
        ("1 SEARCH FILTER on-the-road", "searches for messages that match the search named “on-the-road”"),
        (
            #"1 SEARCH ANNOTATION "/comment" "value.shared" "x""#,
            "searches for messages whose annotation contains “x” (“/comment” “value.shared”)"
        ),
        ("1 SEARCH EMAILID M6d99", "searches for messages with identifier “M6d99”"),
        ("1 SEARCH SAVEDSINCE 1-Feb-2026", "searches for messages saved on or after 1 Feb 2026"),
        (
            #"1 SEARCH X-GM-RAW "has:attachment" X-GM-LABELS "&AOk-t&AOk-""#,
            "searches for messages that match the Gmail query “has:attachment” and with Gmail label “été”"
        ),
        (
            "1 SEARCH INTHREAD REFS (FROM a)",
            "searches for messages in threads by references of messages whose From contains “a”"
        ),
        (
            "1 UID SORT RETURN (COUNT) (REVERSE ARRIVAL RELEVANCY MODSEQ X-FOO) UTF-8 ALL",
            "searches for the UIDs of all messages, sorted by reverse arrival, then relevancy, then mod-sequence, then unknown key X-FOO; asks for the count"
        ),
        ("1 THREAD REFS UTF-8 ALL", "searches for all messages, grouped into threads by references alone"),
        (#"1 CANCELUPDATE "A01""#, "stops the live updates of search A01"),
        (#"1 CANCELUPDATE "A01" "A02""#, "stops the live updates of searches A01 and A02"),
        ("1 UIDBATCHES 2000", "asks for UID ranges of 2,000 messages each, newest first"),
        ("1 UIDBATCHES 2000 10:20", "asks for UID ranges of 2,000 messages each, newest first, batches 10-20"),
        (
            "1 FETCH 1 (ANNOTATION (/comment value.priv) X-GM-LABELS EMAILID SAVEDATE X-FOO (1 2) DIGEST.SHA1)",
            "asks for annotation /comment (value.priv), Gmail labels, permanent identifier, date saved, unknown FETCH item X-FOO with arguments 1 and 2 and SHA-1 digest of message 1"
        ),
        (
            "1 UID FETCH 1:* (UID) (PARTIAL 1:100)",
            "asks for UID of all messages, only the first 100 results"
        ),
        (
            "1 UID FETCH 1:* (UID) (PARTIAL -100:-200 X-FOO 1)",
            "asks for UID of all messages, only results 100-200 from the end, unknown modifier X-FOO, unknown modifier 1"
        ),
        (
            #"1 STORE 1 ANNOTATION (/comment (value.priv "x" value.shared NIL))"#,
            "writes annotation /comment (value.priv “x” and value.shared none) of message 1"
        ),
        ("1 STORE 1 +X-FOO (a b)", "changes the unknown item X-FOO of message 1 with a list of 2"),
    ]

    static let vendors: [(String, String)] = [
        ("1 NETSCAPE", "asks where the server's web pages are"),
        ("1 X-REALLYDELETE 1:4", "deletes at once messages 1-4"),
        (
            "1 XFOO (a b) \"c\" 5 {3}\r\nabc",
            "unknown experimental command XFOO with a list of 2, a string, the number 5 and a literal of 3 octets"
        ),
        ("1 XFOO a b c d e", "unknown experimental command XFOO with 5 arguments"),
        ("1 XFOO () NIL", "unknown experimental command XFOO with an empty list and NIL"),
        ("1 FOO", "unknown command FOO"),
    ]

    static let cyrus: [(String, String)] = [
        (
            "1 XFER INBOX other.example.org p2",
            "moves to another server (Cyrus) mailbox “INBOX” at “other.example.org”, partition “p2”"
        ),
        ("1 UID XMOVE 42:69 Archive", "moves messages with UIDs 42-69 to “Archive”"),
        ("1 XRENAME a b", "renames or moves to another partition (Cyrus) mailbox “a” to “b”"),
        ("1 RECONSTRUCT a recursive", "rebuilds the index of “a” and of all mailboxes below it"),
        ("1 UID XRUNANNOTATOR 7", "has the annotator run again (Cyrus) over the message with UID 7"),
        ("1 SCAN \"\" Arch% crash", "lists mailboxes “Arch%” with a message that holds “crash”"),
        ("1 SCAN user * crash", "lists mailboxes “*” below “user” with a message that holds “crash”"),
        ("1 XKILLMY Xforever", "interrupts the user's other sessions (Cyrus) that run “Xforever”"),
        (
            "1 XMEID phone",
            "wants its changes marked in the server's notifications (Cyrus) as made by “phone”"
        ),
        (
            "1 XBACKUP joe nightly",
            "has the mail copied to the backup server (Cyrus) of user “joe”, over channel “nightly”"
        ),
        ("1 DUMP user.joe 17", "has all files sent (Cyrus) of mailbox “user.joe”, from UID 17 on"),
        (
            "1 UNDUMP user.joe (NIL a {1+}\r\nb c {1+}\r\nd)",
            "takes over all files (Cyrus) of mailbox “user.joe”: 2 files"
        ),
        ("1 LOCALCREATE a p2", "creates, on this server of a cluster only (Cyrus), “a” in partition “p2”"),
        ("1 SYNCAPPLY RESERVE x", "applies replicated data (Cyrus): RESERVE"),
        ("1 SYNCGET", "asks for data to replicate (Cyrus): nothing"),
        (
            "1 XCONVSORT (REVERSE DATE) (CONVERSATIONS POSITION (1 10)) UTF-8 SEEN",
            "searches (Cyrus) for messages that are read, sorted by reverse date, one of each conversation, from position 1, at most 10"
        ),
        (
            "1 XCONVMULTISORT (ARRIVAL) (MULTIANCHOR (17 INBOX 2 10)) UTF-8 ALL",
            "searches in all mailboxes (Cyrus) for all messages, sorted by arrival, around UID 17 of “INBOX”, beginning 2 before it, at most 10"
        ),
        (
            "1 XCONVUPDATES (DATE) (CHANGEDSINCE (5 18) UPTO (17)) UTF-8 ALL",
            "searches again (Cyrus) for all messages, sorted by date, what changed since mod-sequence 5, up to UID 17"
        ),
        (
            "1 XCONVFETCH (1a 2b) 7 (UID FLAGS)",
            "asks for UID and flags of the messages of conversations 1a and 2b (Cyrus), if changed since mod-sequence 7"
        ),
        ("1 XCONVMETA (1a) (EXISTS UNSEEN)", "asks for EXISTS and UNSEEN of conversation 1a (Cyrus)"),
        (
            "1 XSNIPPETS ((INBOX 1 (1 2)) (Sent 7 (9))) UTF-8 TEXT crash",
            "asks for the words (Cyrus) that match a search for messages that contain “crash”, in 2 messages of “INBOX” and 1 message of “Sent”"
        ),
        ("1 XWARMUP INBOX (INDEX SEARCH)", "has the server load files (Cyrus) of “INBOX”: index and search"),
    ]

    static let mimeParts: [(String, String)] = [
        (
            "1 SEARCH MIMEPART (FILENAME is \"bill.pdf\")",
            "searches for messages with a part whose file name is “bill.pdf”"
        ),
        (
            "1 SEARCH MIMEPART (TYPE image NOT SUBTYPE png SIZE LARGER 10000)",
            "searches for messages with a part whose media type is “image” and whose media subtype is not “png” and whose size is above 10,000"
        ),
        (
            "1 SEARCH NOT MIMEPART OR FILENAME ENDS .exe PARAM charset utf-7",
            "searches for messages without a part whose file name ends in “.exe”, or whose parameter charset is “utf-7”"
        ),
        (
            "1 SEARCH MIMEPART (DISPOSITION TYPE inline DISPOSITION PARAM filename a SUBJECT b)",
            "searches for messages with a part whose disposition is “inline” and whose disposition parameter filename is “a” and whose Subject contains “b”"
        ),
        ("1 SEARCH MIMEPART () SEEN", "searches for messages with a part of any kind and that are read"),
        ("1 SEARCH MIMEPART (FILENAME x)", "searches for messages with a part whose file name is “x”"),
        ("1 SEARCH MIMEPART (FILENAME", "searches for messages with a part whose file name is (missing)"),
    ]

    @Test(arguments: session + notifications + mailboxes + urls)
    func `a command of an extension is told by its arguments`(_ line: String, _ note: String) {
        #expect(Notes.command(line) == note)
    }

    @Test(arguments: conversions + messages + vendors + cyrus + mimeParts)
    func `a message command of an extension is told by its arguments`(_ line: String, _ note: String) {
        #expect(Notes.command(line) == note)
    }
}
