import IMAPProtocol
import Testing

struct CommandNoteTests {
    static let session: [(String, String)] = [
        ("1 CAPABILITY", "asks what the server can do"),
        ("1 noop", "does nothing; lets the server report changes and keeps the session alive"),
        ("1 LOGOUT", "ends the session"),
        ("1 STARTTLS", "asks to encrypt the connection with TLS"),
        ("1 AUTHENTICATE CRAM-MD5", "starts a CRAM-MD5 login"),
        ("1 AUTHENTICATE EXTERNAL =", "starts an EXTERNAL login with an empty initial response"),
        ("1 ENABLE CONDSTORE", "switches on CONDSTORE (mod-sequences in answers)"),
        (
            "1 ENABLE CONDSTORE QRESYNC UTF8=ACCEPT",
            "switches on CONDSTORE (mod-sequences in answers), QRESYNC (VANISHED instead of EXPUNGE) and UTF8=ACCEPT (names and headers in UTF-8)"
        ),
        ("1 ID NIL", "asks what software the server is, saying nothing of itself"),
        (#"1 ID ("name" "Thunderbird" "version" "115.3" "os" NIL)"#, "says it is Thunderbird 115.3"),
        ("1 COMPRESS DEFLATE", "asks to compress both directions from here on (DEFLATE)"),
        ("1 LANGUAGE", "asks which languages the server's texts can have"),
        ("1 LANGUAGE de en", "chooses the language of the server's texts: de and en"),
        ("1 NAMESPACE", "asks how names of personal, other users' and shared mailboxes begin"),
        ("1 IDLE", "waits for the server to report changes"),
        ("1 UNAUTHENTICATE", "logs out but keeps the connection for another user"),
        ("1 FOO bar", "unknown command FOO with the atom bar"),
        ("1 UID FOO 1", "unknown command UID FOO with the number 1"),
        ("1 NOTIFY NONE", "asks the server to push no changes"),
        (
            "1 NOTIFY SET (selected (MessageNew MessageExpunge)) (inboxes (MessageNew))",
            "asks the server to push new messages and removals in the open mailbox; new messages in all inboxes"
        ),
    ]

    static let mailboxes: [(String, String)] = [
        ("1 SELECT INBOX", "opens “INBOX”"),
        (#"1 SELECT "Entw&APw-rfe""#, "opens “Entwürfe”"),
        ("1 SELECT &Jjo", "opens “&Jjo” (not valid modified UTF-7)"),
        ("1 EXAMINE {5}\r\nINBOX", "opens “INBOX” read-only"),
        ("1 SELECT INBOX (CONDSTORE)", "opens “INBOX”, with mod-sequences"),
        (
            "1 SELECT INBOX (QRESYNC (67890007 20050715194045000 41,43:211))",
            "opens “INBOX”, catching up from mod-sequence 20050715194045000 (UIDVALIDITY 67890007), knowing UIDs 41 and 43-211"
        ),
        ("1 CREATE Sent (USE (\\Sent))", "creates mailbox “Sent”, for use as \\Sent"),
        ("1 DELETE old", "deletes mailbox “old”"),
        ("1 RENAME a &U,BTFw-", "renames mailbox “a” to “台北”"),
        ("1 SUBSCRIBE a", "subscribes to mailbox “a”"),
        ("1 UNSUBSCRIBE a", "unsubscribes from mailbox “a”"),
        (#"1 LIST "" *"#, "lists all mailboxes"),
        (#"1 LIST "" %"#, "lists top-level mailboxes"),
        (#"1 LIST "" """#, "asks for the hierarchy separator"),
        (#"1 LIST "" "work.*""#, "lists mailboxes whose name begins with “work.”"),
        (#"1 LIST "" "work.%""#, "lists mailboxes one level deep that begin with “work.”"),
        (#"1 LIST "" INBOX"#, "lists mailbox “INBOX”"),
        (#"1 LIST "#, "lists mailboxes; the pattern is missing"),
        (#"1 LIST "# + #""~fred/" *"#, "lists all mailboxes, under “~fred/”"),
        (#"1 LIST "" ("INBOX" "Drafts" "S*t")"#, "lists mailboxes that match “INBOX”, “Drafts” and “S*t”"),
        (#"1 LIST (SUBSCRIBED RECURSIVEMATCH) "" *"#, "lists all subscribed mailboxes, and what they are in"),
        (
            #"1 LIST (SPECIAL-USE) "" * RETURN (CHILDREN STATUS (MESSAGES UNSEEN))"#,
            "lists all mailboxes with a special use; asks also for children and message count and unread count"
        ),
        (#"1 LSUB "" *"#, "lists all subscribed mailboxes"),
        (#"1 XLIST "" *"#, "lists all mailboxes, with their special uses"),
        (
            "1 STATUS blurdybloop (UIDNEXT MESSAGES)",
            "asks for the next UID and message count of “blurdybloop”"
        ),
        ("1 CHECK", "asks the server to save the state of the mailbox"),
        ("1 CLOSE", "closes the mailbox and removes messages marked deleted"),
        ("1 UNSELECT", "closes the mailbox without removing anything"),
        ("1 EXPUNGE", "removes all messages marked deleted for good"),
        ("1 UID EXPUNGE 3000:3002", "removes for good messages with UIDs 3000-3002, where they are marked deleted"),
        ("1 COPY 2:4 MEETING", "copies messages 2-4 to “MEETING”"),
        ("1 UID MOVE 42 Trash", "moves the message with UID 42 to “Trash”"),
    ]

    static let uploads: [(String, String)] = [
        ("1 APPEND saved-messages {5}\r\nhello", "uploads a message of 5 octets to “saved-messages”"),
        (
            "1 APPEND saved-messages (\\Seen) \"17-Jul-1996 02:44:25 -0700\" {5}\r\nhello",
            "uploads a message of 5 octets to “saved-messages”, flag \\Seen, dated 17 Jul 1996 02:44:25 -0700"
        ),
        ("1 APPEND a {5+}\r\nhello (\\Seen) {6+}\r\nhello!", "uploads 2 messages, in all 11 octets to “a”"),
        ("1 APPEND a UTF8 (~{5}\r\nhello)", "uploads a message of 5 octets to “a”"),
        (
            #"1 APPEND a CATENATE (URL "/b;UIDVALIDITY=1/;UID=2")"#,
            "uploads a message to “a”, put together from the message with UID 2 in “b”"
        ),
        ("1 REPLACE 4 Drafts {5}\r\nhello", "replaces message 4 by a new version in “Drafts”, 5 octets"),
    ]

    static let access: [(String, String)] = [
        ("1 GETACL INBOX", "asks who may do what in “INBOX”"),
        ("1 SETACL INBOX Fred +lr", "adds rights lr (see it in lists, read) for “Fred” in “INBOX”"),
        ("1 SETACL INBOX Fred -w", "removes rights w (change flags) of “Fred” in “INBOX”"),
        ("1 DELETEACL INBOX Fred", "removes all rights of “Fred” in “INBOX”"),
        ("1 LISTRIGHTS INBOX Fred", "asks which rights “Fred” could get in “INBOX”"),
        ("1 MYRIGHTS INBOX", "asks what the user may do in “INBOX”"),
        (#"1 GETQUOTA """#, "asks for usage and limits of quota “”"),
        ("1 GETQUOTAROOT INBOX", "asks which quotas apply to “INBOX”"),
        (#"1 SETQUOTA "" (STORAGE 512)"#, "sets the limits of quota “”: 512 KiB"),
        (#"1 GETMETADATA "INBOX" /private/comment"#, "reads annotation /private/comment of “INBOX”"),
        (
            #"1 GETMETADATA "" (/shared/admin /shared/comment)"#,
            "reads annotations /shared/admin and /shared/comment of the server"
        ),
        (
            #"1 GETMETADATA (MAXSIZE 1024) "INBOX" (/shared/x)"#,
            "reads annotation /shared/x of “INBOX”, values up to 1,024 octets"
        ),
        (
            #"1 GETMETADATA "INBOX" (MAXSIZE 1024 DEPTH infinity) (/shared/x)"#,
            "reads annotation /shared/x of “INBOX”, values up to 1,024 octets, and all below them"
        ),
        (
            #"1 SETMETADATA INBOX (/private/comment "My own")"#,
            "writes annotation /private/comment “My own” of “INBOX”"
        ),
    ]

    @Test(arguments: session + mailboxes + uploads + access)
    func `a command is told in one sentence`(_ line: String, _ note: String) {
        #expect(Notes.command(line) == note)
    }

    @Test
    func `a masked password is called masked and never quoted`() {
        #expect(
            Notes.command(#"A00001 LOGIN drichards "********""#, masked: [24..<32])
                == "logs in as drichards with a password sent as a quoted string; password masked"
        )
        #expect(
            Notes.command("1 LOGIN {9}\r\ndrichards {3}\r\n***", masked: [30..<33])
                == "logs in as drichards with a password sent as a literal; password masked"
        )
        #expect(
            Notes.command("1 LOGIN drichards ***", masked: [18..<21])
                == "logs in as drichards with a password sent as an atom; password masked"
        )
        #expect(
            Notes.command("1 LOGIN \"*******\" ***", masked: [9..<16, 18..<21])
                == "logs in as (masked) with a password sent as an atom; password masked"
        )
        #expect(Notes.command("1 LOGIN a hidden")?.contains("hidden") == false)
        #expect(
            Notes.command("1 AUTHENTICATE PLAIN ****", masked: [21..<25])
                == "starts a PLAIN login with an initial response; credentials masked"
        )
    }

    @Test
    func `a line that is only a tag needs no sentence`() {
        #expect(Notes.command("DONE") == nil)
        #expect(Notes.command("") == nil)
    }
}
