import IMAPProtocol
import Testing

struct ResponseNoteTests {
    static let capabilities =
        "IMAP4rev1 STARTTLS AUTH=PLAIN AUTH=CRAM-MD5 IDLE NAMESPACE UIDPLUS CONDSTORE COMPRESS=DEFLATE"

    static let data: [(String, String?)] = [
        (
            "* CAPABILITY \(capabilities)",
            "9 capabilities; logins PLAIN and CRAM-MD5; STARTTLS, IDLE, CONDSTORE and COMPRESS=DEFLATE"
        ),
        ("* FLAGS (\\Answered \\Seen foo)", "in use here: flags \\Answered and \\Seen and keyword foo"),
        ("* 64 EXISTS", "the mailbox holds 64 messages"),
        ("* 1 EXISTS", "the mailbox holds 1 message"),
        ("* 1234567 EXISTS", "the mailbox holds 1,234,567 messages"),
        ("* 0 RECENT", "0 messages are new to this session"),
        ("* 44 EXPUNGE", "message 44 is gone; later ones move down by one"),
        (
            "* VANISHED (EARLIER) 300:310,405",
            "messages with UIDs 300-310 and 405 are gone since the client last looked"
        ),
        ("* VANISHED 405", "the message with UID 405 is gone"),
        ("* 12 FETCH (UID 71 FLAGS (\\Seen a-funny-flag))", "message 12: UID 71; flag \\Seen and keyword a-funny-flag"),
        ("* 12 FETCH (FLAGS () RFC822.SIZE 44827)", "message 12: no flags; 44,827 octets"),
        (
            "* 12 FETCH (INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" MODSEQ (624140003))",
            "message 12: arrived 17 Jul 1996 02:44:25 -0700; mod-sequence 624140003"
        ),
        (
            "* 12 FETCH (BODY[HEADER.FIELDS (SUBJECT)] {22}\r\nSubject: IT crash\r\n\r\n UID 5)",
            "message 12: the Subject header (22 octets): Subject “IT crash”; UID 5"
        ),
        (
            "* 12 FETCH (BODY[HEADER.FIELDS (SUBJECT)] {65}\r\nSUBJECT: =?ISO-8859-1?Q?Andr=E9?=\r\n =?ISO-8859-1?Q?_Pirard?= ok\r\n\r\n)",
            "message 12: the Subject header (65 octets): Subject “André Pirard ok”"
        ),
        ("* 12 FETCH (BODY[] {310}", "message 12: the full text (310 octets)"),
        ("* 12 FETCH (BODY[]<0> \"abc\")", "message 12: the full text from octet 0 on (3 octets)"),
        ("* 12 FETCH (BODY[2] NIL)", "message 12: part 2 (missing)"),
        (
            #"* 12 FETCH (ENVELOPE ("Wed, 17 Jul 1996 02:23:25 -0700 (PDT)" "IMAP4rev1 WG mtg summary" (("Terry Gray" NIL "gray" "cac.washington.edu")) NIL NIL NIL NIL NIL NIL "<B27397@x>") UID 3)"#,
            "message 12: “IMAP4rev1 WG mtg summary” from Terry Gray, 17 Jul 1996 02:23:25 -0700; UID 3"
        ),
        (
            #"* 12 FETCH (BODYSTRUCTURE ("TEXT" "PLAIN" ("CHARSET" "US-ASCII") NIL NIL "7BIT" 3028 92) UID 1)"#,
            "message 12: structure text/plain 3 kB; UID 1"
        ),
        (
            #"* 12 FETCH (BODY (("TEXT" "PLAIN" NIL NIL NIL "7BIT" 1 1)("TEXT" "HTML" NIL NIL NIL "7BIT" 1 1) "MIXED") UID 1)"#,
            "message 12: structure multipart/mixed of text/plain 1 octet and text/html 1 octet; UID 1"
        ),
        ("* 25 UIDFETCH (FLAGS (\\Seen))", "the message with UID 25: flag \\Seen"),
        (
            #"* LIST (\HasNoChildren \Drafts) "." Entw&APw-rfe"#,
            "mailbox “Entwürfe”: no children and for drafts; separator “.”"
        ),
        (#"* LIST () NIL INBOX"#, "mailbox “INBOX”; no hierarchy"),
        (#"* LSUB (\Noselect) "/" a"#, "subscribed mailbox “a”: cannot be opened; separator “/”"),
        ("* STATUS blurdybloop (MESSAGES 231 UIDNEXT 44292)", "“blurdybloop”: 231 messages and next UID 44292"),
        (
            "* STATUS a (UNSEEN 3 MAILBOXID (F22) APPENDLIMIT NIL)",
            "“a”: 3 unread, permanent identifier F22 and largest upload none"
        ),
        ("* SEARCH", "no message matches"),
        ("* SEARCH 5", "1 message matches: 5"),
        ("* SEARCH 2 3 4 9 (MODSEQ 917162500)", "4 messages match: 2-4 and 9; highest mod-sequence 917162500"),
        ("* SEARCH 1 3 5 7 9 11 13 15 17 18 19", "11 messages match: 1, 3, 5, 7, 9, 11, 13, 15 and 3 more"),
        ("* SEARCH \((14...63).map(String.init).joined(separator: " "))", "50 messages match: 14-63"),
        ("* SORT 2 84 882", "3 messages match, in this order: 2, 84 and 882"),
        (#"* ESEARCH (TAG "A282") MIN 2 COUNT 3"#, "lowest 2; 3 messages match"),
        (#"* ESEARCH (TAG "A283") ALL 2,10:11"#, "messages 2 and 10-11 match"),
        (#"* ESEARCH (TAG "A283") UID ALL 17"#, "the message with UID 17 matches"),
        (#"* ESEARCH (TAG "A283") UID"#, "no message matches"),
        (#"* ESEARCH (TAG "A" MAILBOX "f1" UIDVALIDITY 1) UID ALL 4,5"#, "in “f1”: messages with UIDs 4 and 5 match"),
        ("* THREAD (2)(3 6 (4 23)(44 7 96))", "8 messages match, in 2 threads"),
        (
            #"* NAMESPACE (("" ".")) NIL (("shared." ".")("public." "."))"#,
            "personal mailboxes begin with “”, separator “.”; no other users'; shared ones with “shared.”, separator “.” and “public.”, separator “.”"
        ),
        ("* ENABLED CONDSTORE", "now on: CONDSTORE (mod-sequences in answers)"),
        ("* ENABLED", "now on: nothing new"),
        (#"* ID ("name" "Dovecot")"#, "the server says it is Dovecot"),
        ("* ID NIL", "the server does not say what it is"),
        ("* BYE logging out", "the server closes the connection"),
        (#"* QUOTA "" (STORAGE 10 512 MESSAGE 1 1000)"#, "quota “”: 10 of 512 KiB, 1 of 1,000 messages"),
        (#"* QUOTAROOT INBOX "" b"#, "“INBOX” is under quota “” and “b”"),
        ("* QUOTAROOT INBOX", "“INBOX” has no quota"),
        ("* ACL INBOX Fred rwipslda", "rights in “INBOX”: “Fred” rwipslda"),
        ("* MYRIGHTS INBOX lr", "the user's rights in “INBOX”: lr (see it in lists, read)"),
        ("* LISTRIGHTS INBOX fred la r s", "rights that “fred” always has in “INBOX”: la; could get r and s"),
        (#"* METADATA "" (/shared/comment "x")"#, "annotation /shared/comment of the server: “x”"),
        (
            "* METADATA INBOX (/shared/comment {10}\r\none\r\ntwo\u{7}\u{1B})",
            "annotation /shared/comment of “INBOX”: “one↵two\\x07\\x1B”"
        ),
        (
            "* METADATA INBOX (/a 1 /b 2 /c 3 /d 4)",
            "annotations /a, /b, /c and /d of “INBOX”"
        ),
        (
            "* METADATA INBOX (/a 1 /b 2 /c 3 /d 4 /e 5 /f NIL)",
            "annotations /a, /b, /c, /d and 2 more of “INBOX”"
        ),
        (#"* METADATA INBOX /a /b /c /d /e"#, "changed annotations /a, /b, /c, /d and 1 more of “INBOX”"),
        (#"* METADATA INBOX /shared/comment"#, "changed annotation /shared/comment of “INBOX”"),
        ("* NOOP", "keep-alive of a Zimbra server"),
        ("* XFOO bar", "unknown response XFOO with the atom bar"),
        ("* OK Still here", nil),
        ("* NO Disk almost full", "warning"),
        ("* BAD what", "the server reports an error"),
        ("garbage", nil),
    ]

    @Test(arguments: data)
    func `a response is told in one sentence`(_ line: String, _ note: String?) {
        #expect(Notes.response(line) == note)
    }

    static let codes: [(String, String)] = [
        ("[COPYUID 1548379804 17 1]", "UID 17 became UID 1 in the target (UIDVALIDITY 1548379804)"),
        (
            "[COPYUID 38505 304,319:320 3956:3958]",
            "UIDs 304 and 319-320 became UIDs 3956-3958 in the target (UIDVALIDITY 38505)"
        ),
        ("[APPENDUID 38505 3955]", "the new message has UID 3955 (UIDVALIDITY 38505)"),
        ("[UIDVALIDITY 3857529045]", "UIDs are valid while UIDVALIDITY is 3857529045"),
        ("[UIDNEXT 4392]", "the next message gets UID 4392 or higher"),
        ("[UNSEEN 12]", "the first unread message is 12"),
        (
            "[PERMANENTFLAGS (\\Deleted \\Seen \\*)]",
            "can be saved: flags \\Deleted and \\Seen; new keywords may be made"
        ),
        ("[PERMANENTFLAGS ()]", "can be saved: no flags"),
        ("[READ-ONLY]", "opened read-only"),
        ("[READ-WRITE]", "opened for reading and writing"),
        ("[TRYCREATE]", "the target mailbox is missing but could be created"),
        ("[ALERT]", "alert for the user: “text \\x1B[2J”"),
        ("[HIGHESTMODSEQ 715194045007]", "highest mod-sequence 715194045007"),
        ("[AUTHENTICATIONFAILED]", "wrong user name or password"),
        ("[UNAVAILABLE]", "a system behind the server is down; try later"),
        ("[ALREADYEXISTS]", "exists already"),
        ("[NONEXISTENT]", "does not exist"),
        ("[MODIFIED 7,9]", "changed meanwhile and not updated: 7 and 9"),
        ("[BADCHARSET (UTF-8 US-ASCII)]", "charset not supported; supported are UTF-8 and US-ASCII"),
        ("[BADCHARSET]", "the charset of the search is not supported"),
        ("[MAILBOXID (F2212)]", "permanent identifier of the mailbox: F2212"),
        (#"[INPROGRESS ("A1" 175 1000)]"#, "still working on A1: 175 of 1,000 done (17%)"),
        ("[INPROGRESS]", "still working"),
        ("[MESSAGELIMIT 1000 23221]", "only 1,000 messages were handled; go on below UID 23221"),
        ("[METADATA LONGENTRIES 2199]", "longer annotations were left out; the longest has 2,199 octets"),
        ("[METADATA TOOMANY]", "too many annotations"),
        ("[REFERRAL imap://user@host/box]", "the client should go to “box” of user at host"),
        ("[CAPABILITY IMAP4rev1 AUTH=PLAIN]", "server offers 2 capabilities; login PLAIN"),
        ("[NOSUCH 1 2]", "unknown code NOSUCH: “1 2”"),
        ("[UIDNEXT x]", "the next message gets at least this UID"),
        ("[CLOSED", "the mailbox opened before is now closed"),
    ]

    @Test(arguments: codes)
    func `a response code is told in words`(_ code: String, _ note: String) {
        #expect(Notes.response("* OK \(code) text \u{1B}[2J") == note)
        #expect(Notes.response("a1 NO \(code) text \u{1B}[2J") == "refused · " + note)
    }

    static let tagged: [(String, Command?, String?)] = [
        ("1 OK Logged in", .login, "logged in"),
        ("1 OK [CAPABILITY IMAP4rev1 IDLE] Logged in", .login, "logged in · server offers 2 capabilities; IDLE"),
        ("1 NO [AUTHENTICATIONFAILED] no", .login, "login refused · wrong user name or password"),
        ("1 OK [READ-WRITE] done", .select, "mailbox opened for reading and writing"),
        ("1 OK [READ-ONLY] done", .examine, "mailbox opened read-only"),
        ("1 OK done", .idle, "idle ended"),
        ("1 OK done", .fetch, nil),
        ("1 OK done", nil, nil),
        ("1 OK [APPENDUID 38505 3955] done", .append, "stored · the new message has UID 3955 (UIDVALIDITY 38505)"),
        ("1 NO nope", .delete, "refused"),
        ("1 BAD nope", .fetch, "rejected as wrong"),
    ]

    @Test(arguments: tagged)
    func `the result of a command is told where it says more than OK`(
        _ line: String,
        _ command: Command?,
        _ note: String?
    ) {
        #expect(Notes.response(line, answering: command) == note)
    }

    @Test
    func `a greeting tells what the server offers`() {
        #expect(
            Notes.response("* OK [CAPABILITY \(Self.capabilities)] Dovecot ready.", isGreeting: true)
                == "greeting · server offers 9 capabilities; logins PLAIN and CRAM-MD5; "
                + "STARTTLS, IDLE, CONDSTORE and COMPRESS=DEFLATE"
        )
        #expect(Notes.response("* OK ready", isGreeting: true) == "greeting")
        #expect(Notes.response("* PREAUTH ready", isGreeting: true) == "greeting · already logged in")
        #expect(Notes.response("* BYE no", isGreeting: true) == "greeting · the server turns the client away")
    }

    @Test
    func `search results by UID are called UIDs`() {
        #expect(Notes.response("* SEARCH 7 8 9", answering: .search, isUID: true) == "3 messages match: UIDs 7-9")
    }

    @Test(
        arguments: [
            ("+ OK", .literal(size: 310), "go ahead with the literal of 310 octets"),
            ("+ idling", .idle, "idling; changes will be reported as they happen"),
            ("+ ", .sasl, "empty challenge; the client goes on with the login"),
            ("+ PDE4OTYu", .sasl, "challenge for the login"),
            ("+ ", .nothing, "continuation request that nobody waits for"),
        ] as [(String, ContinuationReason, String)]
    )
    func `a continuation request is told by what the client waits for`(
        _ line: String,
        _ waiting: ContinuationReason,
        _ note: String
    ) {
        var annotator = Annotator()
        #expect(annotator.continuation(Array((line + "\r\n").utf8).span.bytes, waiting: waiting) == note)
    }
}
