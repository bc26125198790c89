import IMAPProtocol
import Testing

/// Responses and codes of extensions and vendors, argument for argument.
struct ExtensionResponseNoteTests {
    static let fetched: [(String, String)] = [
        (
            "* 1 FETCH (EMAILID (M6d99) THREADID NIL SAVEDATE NIL)",
            "message 1: permanent identifier M6d99; no thread; no save date"
        ),
        (
            #"* 1 FETCH (THREADID (T64b) SAVEDATE " 7-Feb-2026 21:52:25 +0000")"#,
            "message 1: thread T64b; saved 7 Feb 2026 21:52:25 UTC"
        ),
        (#"* 1 FETCH (PREVIEW "Hi all" MODSEQ (7))"#, "message 1: preview “Hi all”; mod-sequence 7"),
        (#"* 1 FETCH (PREVIEW NIL)"#, "message 1: no preview"),
        (#"* 1 FETCH (SNIPPET (FUZZY "Hi"))"#, "message 1: preview “Hi”"),
        (
            #"* 1 FETCH (ANNOTATION (/comment (value.priv "x" value.shared NIL)))"#,
            "message 1: annotation /comment (value.priv “x” and value.shared none)"
        ),
        (
            #"* 1 FETCH (X-GM-MSGID 1278455344230334865 X-GM-LABELS (\Inbox "&AOk-t&AOk-"))"#,
            #"message 1: Gmail message id 1278455344230334865; Gmail labels “\Inbox” and “été”"#
        ),
        ("* 1 FETCH (X-GM-LABELS ())", "message 1: no Gmail labels"),
        (
            #"* 1 FETCH (X-FOO (1 2 3) UID 5)"#,
            "message 1: unknown FETCH item X-FOO with a list of 3; UID 5"
        ),
        (#"* 1 FETCH (X-FOO "a" CID 12)"#, "message 1: unknown FETCH item X-FOO “a”; conversation id 12"),
        (
            "* 1 FETCH (BINARY.SIZE[2] 4096 RFC822 {5}",
            "message 1: decoded size of part 2: 4,096 octets; the full text (5 octets)"
        ),
        ("* 1 FETCH (INTERNALDATE \"nonsense\")", "message 1: arrived nonsense"),
    ]

    static let envelopes: [(String, String)] = [
        (
            #"* 1 FETCH (ENVELOPE ("Mon, 7 Feb 1994 21:52:25 -0800 (PST)" "=?UTF-8?B?5pel5pys6Kqe?=" (("=?windows-1252?Q?Andr=E9_=80?=" NIL "a" "b")) NIL NIL ((NIL NIL "imap" "x.org")(NIL NIL "y" "z")) NIL NIL NIL NIL))"#,
            "message 1: “日本語” from André € to imap@x.org and 1 more, 7 Feb 1994 21:52:25 -0800"
        ),
        (
            #"* 1 FETCH (ENVELOPE (NIL NIL ((NIL NIL "staff" NIL)(NIL NIL NIL NIL)) NIL NIL NIL NIL NIL NIL NIL))"#,
            "message 1: no subject from group staff"
        ),
        (#"* 1 FETCH (ENVELOPE ("no date" "a\"b" NIL NIL NIL NIL NIL NIL NIL NIL))"#, "message 1: “a\"b”, no date"),
    ]

    static let structures: [(String, String)] = [
        (
            #"* 1 FETCH (BODYSTRUCTURE (("text" "plain" ("charset" "utf-8") NIL NIL "7bit" 1234 40 NIL NIL NIL NIL)("application" "pdf" ("name" "y.pdf") NIL NIL "base64" 340000 NIL ("attachment" ("filename" "x.pdf")) NIL NIL) "mixed" ("boundary" "b") NIL NIL NIL))"#,
            "message 1: structure multipart/mixed of text/plain 1.2 kB and application/pdf “x.pdf” 340 kB"
        ),
        (
            #"* 1 FETCH (BODYSTRUCTURE ((("text" "plain" NIL NIL NIL "7bit" 10 1)("text" "html" NIL NIL NIL "7bit" 999 1) "alternative")("image" "png" NIL NIL NIL "base64" 1 NIL ("attachment" NIL) NIL) "mixed"))"#,
            "message 1: structure multipart/mixed of (multipart/alternative of text/plain 10 octets and text/html 999 octets) and image/png attached 1 octet"
        ),
        (
            #"* 1 FETCH (BODY ("message" "rfc822" NIL NIL NIL "7bit" 3100000 ("17 Jul 1996 02:23:25 -0700" "crash" NIL NIL NIL NIL NIL NIL NIL NIL) ("text" "plain" NIL NIL NIL "7bit" 1 1) 40))"#,
            "message 1: structure message/rfc822 3.1 MB (“crash”, 17 Jul 1996 02:23:25 -0700)"
        ),
        (
            #"* 1 FETCH (BODY ("image" "png" ("name" "=?ISO-8859-2?Q?=B1.png?=") NIL NIL "base64" 20))"#,
            "message 1: structure image/png “ą.png” 20 octets"
        ),
    ]

    static let data: [(String, String?)] = [
        (
            #"* LIST (\Marked) "/" Lists ("CHILDINFO" ("SUBSCRIBED"))"#,
            "mailbox “Lists”: probably has new mail; separator “/”; below it are subscribed mailboxes"
        ),
        (
            #"* LIST () "/" b ("OLDNAME" ("a") "X-FOO" (1 2))"#,
            "mailbox “b”; separator “/”; was “a”; unknown item X-FOO 1 and 2"
        ),
        (
            "* STATUS a (HIGHESTMODSEQ 0 DELETED-STORAGE 10 SIZE 44421 X-FOO (1))",
            "“a”: no mod-sequences, 10 octets marked deleted, 44,421 octets and unknown STATUS item X-FOO 1"
        ),
        (
            #"* NAMESPACE (("" "/" "TRANSLATION" ("&AMk-t&AOk-/"))) NIL NIL"#,
            "personal mailboxes begin with “”, separator “/”, called “Été/”; no other users'; no shared ones"
        ),
        (
            #"* ESEARCH (TAG "C01") UID ADDTO (0 32768:32769 3 5)"#,
            "joined the result: UIDs 32768-32769 and UID 5 at place 3"
        ),
        (#"* ESEARCH (TAG "C01") REMOVEFROM (0 32768)"#, "left the result: 32768"),
        (#"* ESEARCH (TAG "A01") UID PARTIAL (-1:-100 NIL)"#, "the last 100 results: none"),
        (
            #"* ESEARCH (TAG "A01") PARTIAL (1:100 5:20) RELEVANCY (4 99)"#,
            "the first 100 results: 5-20; scores 4 and 99"
        ),
        (#"* ESEARCH (TAG "A01") X-FOO (1 2)"#, "unknown item X-FOO 1 and 2"),
        (
            #"* ANNOTATION INBOX "/comment" ("value.priv" "x")"#,
            "annotation “/comment” of “INBOX”: value.priv “x”"
        ),
        ("* LANGUAGE (DE)", "the server's texts are now in DE"),
        ("* LANGUAGE (EN DE IT i-default)", "the server's texts can be in EN, DE, IT and i-default"),
        (
            #"* COMPARATOR i;unicode-casemap ("i;ascii-casemap" "i;octet")"#,
            "texts are compared and sorted by i;unicode-casemap; possible are i;ascii-casemap and i;octet"
        ),
        (
            #"* CONVERSION "text/html" "text/plain" ("charset")"#,
            "text/html can be converted to text/plain; parameters charset"
        ),
        (
            "* 2 CONVERTED (TAG \"b001\") (UID 120 BINARY[2] {5}\r\nhello)",
            "message 2 converted: UID 120; decoded part 2 (5 octets)"
        ),
        (
            #"* 2 CONVERTED (TAG "b001") (BINARY[2] (ERROR "no such charset" BADPARAMETERS "charset"))"#,
            "message 2 converted: decoded part 2 could not be converted: “no such charset” (BADPARAMETERS)"
        ),
        (
            #"* GENURLAUTH "imap://joe@example.com/INBOX/;uid=20;urlauth=user+ann:internal:91354a473744909de610943775f92038""#,
            "signed URL of the message with UID 20 in “INBOX” of joe at example.com, for ann; its token is as good as a password"
        ),
        (
            "* URLFETCH \"imap://h/a;UID=1;URLAUTH=anonymous:internal:****\" {5}\r\nhello",
            "the message with UID 1 in “a” at h, for anybody: 5 octets"
        ),
        (
            "* URLFETCH \"/a;UID=1\" NIL \"/b;UID=2\" (BINARY ~{3}\r\nabc)",
            "the message with UID 1 in “a”: cannot be read; the message with UID 2 in “b”: decoded 3 octets"
        ),
        (
            #"* URLFETCH "/a;UID=1" (BODYPARTSTRUCTURE ("text" "plain" NIL NIL NIL "7bit" 28 1)) (BODY NIL)"#,
            "the message with UID 1 in “a”: structure text/plain 28 octets, cannot be read"
        ),
        (
            #"* JMAPACCESS "https://example.com/jmap?key=1""#,
            "the same mail can be had by JMAP at “https://example.com/jmap…”"
        ),
        (
            #"* UIDBATCHES (TAG "A302") 163886:99703,99696:20358"#,
            "2 batches: UIDs 99703-163886 and 20358-99696"
        ),
        (#"* UIDBATCHES (TAG "A302")"#, "no batches"),
        (
            #"* XAPPLEPUSHSERVICE "aps-version" "2" "aps-topic" "com.apple.mail.x""#,
            "push notification is registered (version 2) under the topic com.apple.mail.x"
        ),
        (#"* XAPPLEPUSHSERVICE "mailbox" INBOX"#, "push notification is registered for “INBOX”"),
        ("* 5 XFOO (1 2) \"a\"", "unknown response XFOO about 5 with a list of 2 and a string"),
        (
            #"* ID ("name" "Cyrus IMAPD" "version" "3.6" "vendor" "Project Cyrus")"#,
            "the server says it is Cyrus IMAPD 3.6 (vendor Project Cyrus)"
        ),
        // Answers of Cyrus without a grammar keep their structure.
        ("* FOREVER 1", "unknown response FOREVER with the number 1"),
        (
            "* XSTATS READ 17 WRITE 4",
            "unknown response XSTATS with the atom READ, the number 17, the atom WRITE and the number 4"
        ),
        (
            "* XCONVMETA d55a42549e674b82 (MODSEQ 29)",
            "unknown response XCONVMETA with the atom d55a42549e674b82 and a list of 2"
        ),
        (#"* QUOTA "!q" (X-NUM-FOLDERS 1 2)"#, "quota “!q”: 1 of 2 mailboxes"),
        (#"* QUOTA "!q" (STORAGE 10 512 X-FOO 1 2)"#, "quota “!q”: 10 of 512 KiB, 1 of 2 X-FOO"),
    ]

    @Test(arguments: fetched + envelopes + structures)
    func `fetched data is told item for item`(_ line: String, _ note: String) {
        #expect(Notes.response(line) == note)
    }

    @Test(arguments: data)
    func `a response of an extension is told by its arguments`(_ line: String, _ note: String?) {
        #expect(Notes.response(line) == note)
    }

    static let codes: [(String, String)] = [
        (
            "[BADURL \"imap://joe@h/INBOX/;UID=3;URLAUTH=anonymous:internal:00aa\"]",
            "the URL cannot be used: the message with UID 3 in “INBOX” of joe at h, for anybody"
        ),
        ("[URLMECH INTERNAL XSAMPLE=P34OKhO7VEkCbsiYY8rGEg==]", "URLs can be signed with INTERNAL and XSAMPLE"),
        (
            "[ANNOTATIONS 20480 NOPRIVATE]",
            "annotations of messages may have up to 20,480 octets; private ones are not supported"
        ),
        ("[ANNOTATIONS NONE]", "messages of this mailbox cannot be annotated"),
        ("[ANNOTATIONS READ-ONLY]", "annotations of messages cannot be changed here"),
        ("[ANNOTATE TOOBIG]", "the message annotation is too large"),
        ("[MAXCONVERTMESSAGES 1]", "messages in one conversion: at most 1"),
        (#"[NOUPDATE "B02"]"#, "no live updates for the search with tag “B02”"),
        (
            "[BADEVENT (MessageNew FlagChange)]",
            "some events cannot be pushed; the server knows MessageNew and FlagChange"
        ),
        ("[UNDEFINED-FILTER on-the-road]", "there is no search named “on-the-road”"),
        (#"[INPROGRESS ("A1" 175 NIL)]"#, "still working on A1: 175 done"),
        ("[INPROGRESS (NIL NIL NIL)]", "still working"),
        ("[MESSAGELIMIT 1000]", "only 1,000 messages were handled"),
        ("[WEBALERT https://accounts.example.com/x?t=1]", "the user must visit “https://accounts.example.com/x…”"),
        ("[OBJECTID (MAILBOXID F1)]", "permanent identifiers: MAILBOXID and F1"),
        ("[NEWNAME a &U,BTFw-]", "mailbox “a” was renamed to “台北”"),
        ("[REFERRAL imap://h1/a imap://h2/a]", "the client should go to “a” at h1 and “a” at h2"),
        ("[XFOO (a b) \"c]\"]", "unknown code XFOO: “(a b) \"c]\"”"),
        ("[DOWNGRADED 70:105,108]", "shown in a simplified form without UTF-8: 70-105 and 108"),
    ]

    @Test(arguments: codes)
    func `a code of an extension is told by its arguments`(_ code: String, _ note: String) {
        #expect(Notes.response("* OK \(code) text") == note)
    }
}
