import IMAPProtocol
import Testing

/// Every name of the documents has words of its own, whatever stands behind it.
struct KnownNameNoteTests {
    private static func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

    static let codes = words(
        """
        ALERT BADCHARSET CAPABILITY PARSE PERMANENTFLAGS READ-ONLY READ-WRITE TRYCREATE UIDNEXT UIDVALIDITY UNSEEN NEWNAME \
        REFERRAL UNKNOWN-CTE APPENDUID COPYUID UIDNOTSTICKY URLMECH TOOBIG BADURL HIGHESTMODSEQ NOMODSEQ MODIFIED CLOSED \
        COMPRESSIONACTIVE NOTSAVED BADCOMPARATOR ANNOTATE ANNOTATIONS TEMPFAIL MAXCONVERTMESSAGES MAXCONVERTPARTS NOUPDATE \
        METADATA NOTIFICATIONOVERFLOW BADEVENT UNDEFINED-FILTER UNAVAILABLE AUTHENTICATIONFAILED AUTHORIZATIONFAILED \
        EXPIRED PRIVACYREQUIRED CONTACTADMIN NOPERM INUSE EXPUNGEISSUED CORRUPTION SERVERBUG CLIENTBUG CANNOT LIMIT \
        OVERQUOTA ALREADYEXISTS NONEXISTENT USEATTR DOWNGRADED MAILBOXID HASCHILDREN INPROGRESS UIDREQUIRED MESSAGELIMIT \
        TOOFEW TOOMANY OBJECTID THROTTLED WEBALERT
        """
    )

    @Test(arguments: codes)
    func `a code is known with and without arguments`(_ code: String) {
        for arguments in ["", " 1", " x (a b)", " ((", " \""] {
            let note = Notes.response("* NO [\(code)\(arguments)] text")
            #expect(note?.hasPrefix("warning · ") == true)
            #expect(note?.contains("unknown code") == false)
        }
    }

    static let fetchItems = words(
        """
        ALL FAST FULL FLAGS UID INTERNALDATE RFC822.SIZE ENVELOPE BODY BODYSTRUCTURE RFC822 RFC822.TEXT RFC822.HEADER MODSEQ \
        EMAILID THREADID SAVEDATE PREVIEW SNIPPET X-GM-MSGID X-GM-THRID X-GM-LABELS X-MAILBOX X-REAL-UID X-SAVEDATE X-GUID \
        DIGEST.SHA1 RFC822.FILESIZE RFC822.SHA1 FOLDER UIDVALIDITY CID BASECID GUID BODY[] BODY[1.MIME] BINARY[1] \
        BINARY.SIZE[1] BODY.PEEK[HEADER] BINARY.PEEK[1]
        """
    )

    @Test(arguments: fetchItems)
    func `a FETCH item is known in commands and answers`(_ item: String) {
        #expect(Notes.command("1 FETCH 1 \(item)")?.contains("unknown") == false)
        #expect(Notes.response("* 1 FETCH (\(item) 7)")?.contains("unknown") == false)
    }

    static let searchKeys = words(
        """
        ALL ANSWERED DELETED DRAFT FLAGGED SEEN UNANSWERED UNDELETED UNDRAFT UNFLAGGED UNSEEN NEW OLD RECENT BCC CC FROM TO \
        SUBJECT BODY TEXT HEADER KEYWORD UNKEYWORD BEFORE ON SINCE SENTBEFORE SENTON SENTSINCE LARGER SMALLER NOT OR UID $ \
        UIDAFTER UIDBEFORE YOUNGER OLDER MODSEQ ANNOTATION FILTER FUZZY EMAILID THREADID SAVEDBEFORE SAVEDON SAVEDSINCE \
        SAVEDATESUPPORTED X-GM-RAW X-GM-MSGID X-GM-THRID X-GM-LABELS MIMEPART INTHREAD
        """
    )

    @Test(arguments: searchKeys)
    func `a SEARCH key is known`(_ key: String) {
        #expect(Notes.command("1 SEARCH \(key) SEEN SEEN SEEN")?.contains("unknown") == false)
    }

    static let statusItems = words(
        """
        MESSAGES UNSEEN RECENT UIDNEXT UIDVALIDITY SIZE DELETED DELETED-STORAGE HIGHESTMODSEQ MAILBOXID APPENDLIMIT X-GUID \
        X-SIZE X-CREATEDMODSEQ
        """
    )

    @Test(arguments: statusItems)
    func `a STATUS item is known in commands and answers`(_ item: String) {
        #expect(Notes.command("1 STATUS a (\(item))")?.contains("unknown") == false)
        for value in ["5", "NIL", "(x)"] {
            #expect(Notes.response("* STATUS a (\(item) \(value))")?.contains("unknown") == false)
        }
    }

    @Test(arguments: Response.allCases)
    func `a response is told with and without arguments`(_ response: Response) {
        for arguments in ["", " a", " (a b)", " a b (c d)", " ((", " \"x\" NIL"] {
            let note = Notes.response("* \(response.rawValue)\(arguments)")
            #expect(note?.contains("unknown response") != true)
            let numbered = Notes.response("* 1 \(response.rawValue)\(arguments)")
            #expect(numbered?.contains("unknown response") != true)
        }
    }
}
