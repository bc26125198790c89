import IMAPProtocol
import Testing

struct CapabilityNoteTests {
    static let lists: [(String, String)] = [
        (
            "IMAP4rev1 AUTH=PLAIN APPENDLIMIT=35651584 MESSAGELIMIT=1000",
            "4 capabilities; login PLAIN; uploads of at most 35,651,584 octets; at most 1,000 messages in one command"
        ),
        ("IMAP4rev1 XFOO XBAR=1", "3 capabilities; unknown XFOO and XBAR=1"),
        ("IMAP4rev2 SAVELIMIT=1", "2 capabilities; IMAP4rev2; search results of at most 1 message can be kept"),
        ("IMAP4rev1 RIGHTS=texk THREAD=REFS I18NLEVEL=1", "4 capabilities"),
    ]

    @Test(arguments: lists)
    func `a capability list tells logins, what changes the session, limits and the unknown`(
        _ list: String,
        _ note: String
    ) {
        #expect(Notes.response("* CAPABILITY \(list)") == note)
        #expect(Notes.response("* OK [CAPABILITY \(list)] hi") == "server offers " + note)
    }

    /// What the documents and well-known servers list.
    static let known = """
        IMAP4rev1 IMAP4rev2 IMAP4 AUTH=GSSAPI SASL-IR LOGINDISABLED STARTTLS COMPRESS=DEFLATE LITERAL+ LITERAL- BINARY \
        MULTIAPPEND CATENATE REPLACE UTF8=ACCEPT UTF8=ONLY UTF8=ALL UTF8=APPEND UTF8=USER ENABLE UNAUTHENTICATE IDLE \
        NOTIFY CONTEXT=SEARCH CONTEXT=SORT ESORT CONDSTORE QRESYNC UIDONLY UIDPLUS UIDBATCHES MOVE UNSELECT ESEARCH \
        SEARCHRES MULTISEARCH SEARCH=FUZZY SEARCH=X-MIMEPART WITHIN FILTERS SORT SORT=DISPLAY THREAD=ORDEREDSUBJECT \
        THREAD=REFERENCES THREAD=REFS PARTIAL MESSAGELIMIT=1000 SAVELIMIT=1000 INPROGRESS LIST-EXTENDED LIST-STATUS \
        LIST-MYRIGHTS LIST-METADATA CHILDREN NAMESPACE SPECIAL-USE CREATE-SPECIAL-USE XLIST ACL RIGHTS=texk QUOTA \
        QUOTA=RES-STORAGE QUOTA=RES-MESSAGE QUOTA=RES-MAILBOX QUOTA=RES-ANNOTATION-STORAGE QUOTASET METADATA \
        METADATA-SERVER ANNOTATE-EXPERIMENT-1 CONVERT STATUS=SIZE APPENDLIMIT APPENDLIMIT=1 OBJECTID OBJECTID+ SAVEDATE \
        PREVIEW SNIPPET=FUZZY PREVIEW=FUZZY JMAPACCESS LOGIN-REFERRALS MAILBOX-REFERRALS URLAUTH URLAUTH=BINARY \
        URL-PARTIAL LANGUAGE I18NLEVEL=1 I18NLEVEL=2 ID IMAPSIEVE=sieve://h/ XAPPLEPUSHSERVICE X-GM-EXT-1 \
        XYMHIGHESTMODSEQ XSTOP X-CREATEDMODSEQ X-REPLICATION X-REPLICATION-ARCHIVE X-SIEVE-MAILBOX XUSERGROUPS \
        DIGEST=SHA1 NO_ATOMIC_RENAME MUPDATE=mupdate://h/ SORT=MODSEQ SORT=UID ANNOTATEMORE XDOVECOT FILTER=SIEVE XYZZY \
        AUTH=PLAIN-CLIENTTOKEN CLIENTACCESSRULES CLIENTNETWORKPRESENCELOCATION BACKENDAUTHENTICATE ACL2=UNION \
        SCAN XMOVE X-QUOTA=STORAGE X-QUOTA=MESSAGE X-QUOTA=X-ANNOTATION-STORAGE X-QUOTA=X-NUM-FOLDERS XMAGICTRASH XCOURIEROUTBOX X-ID-ACLID AUTH=XYMCOOKIE
        """.split(separator: " ").map(String.init)

    @Test(arguments: known)
    func `a capability of a document or a well-known server is not called unknown`(_ name: String) {
        #expect(Notes.response("* CAPABILITY IMAP4rev1 \(name)")?.contains("unknown") == false)
        #expect(Notes.command("1 ENABLE \(name)")?.contains("unknown") == false)
    }
}
