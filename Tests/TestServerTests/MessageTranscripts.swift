/// Transcripts of the selected state; the mailbox has two messages, UID 10 and 11.
enum MessageTranscripts {
    static let all = [fetching, storing, expunging, copying, searching, damaged]

    static let fetching = Dialogue(
        "fetch",
        """
        C: a FETCH 1:* (UID FLAGS)
        S: * 1 FETCH (UID 10 FLAGS ())
        S: * 2 FETCH (UID 11 FLAGS (\\Seen))
        S: a OK Fetch completed
        C: b UID FETCH 11 RFC822.SIZE
        S: * 2 FETCH (UID 11 RFC822.SIZE 24)
        S: b OK Fetch completed
        C: c FETCH 1 BODY.PEEK[HEADER.FIELDS (subject "to")]
        S: * 1 FETCH (BODY[HEADER.FIELDS (SUBJECT TO)] {16}
        S: Subject: one
        S: 
        S: )
        S: c OK Fetch completed
        C: d FETCH 1 BODY.PEEK[HEADER.FIELDS.NOT (SUBJECT)]
        S: * 1 FETCH (BODY[HEADER.FIELDS.NOT (SUBJECT)] {31}
        S: From: Ann <ann@example.org>
        S: 
        S: )
        S: d OK Fetch completed
        C: e FETCH 1 BODY[]<46.100>
        S: * 1 FETCH (FLAGS (\\Seen) BODY[]<46> {6}
        S: irst
        S: )
        S: e OK Fetch completed
        C: f FETCH 2 RFC822.TEXT
        S: * 2 FETCH (RFC822.TEXT {8}
        S: second
        S: )
        S: f OK Fetch completed
        C: g FETCH 2 (BODY.PEEK[1] BODY.PEEK[2] RFC822.HEADER)
        S: * 2 FETCH (BODY[1] {8}
        S: second
        S:  BODY[2] NIL RFC822.HEADER {16}
        S: Subject: two
        S: 
        S: )
        S: g OK Fetch completed
        C: h FETCH 2 FAST
        S: * 2 FETCH (FLAGS (\\Seen) INTERNALDATE " 2-Oct-2019 07:06:40 +0000" RFC822.SIZE 24)
        S: h OK Fetch completed
        C: i FETCH 1 (ENVELOPE BODY)
        S: * 1 FETCH (ENVELOPE (NIL "one" (("Ann" NIL "ann" "example.org")) (("Ann" NIL "ann" "example.org")) (("Ann" NIL "ann" "example.org")) NIL NIL NIL NIL NIL) BODY ("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 7 1))
        S: i OK Fetch completed
        C: j UID FETCH 99 FLAGS
        S: j OK Fetch completed
        """
    )

    static let storing = Dialogue(
        "store",
        """
        C: a STORE 1 +FLAGS (work \\flagged)
        S: * FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft work)
        S: * OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft work \\*)] Flags permitted
        S: * 1 FETCH (FLAGS (\\Flagged work))
        S: a OK Store completed
        C: b STORE 1 -FLAGS.SILENT WORK
        S: b OK Store completed
        C: c UID STORE 10:11 FLAGS (\\Answered)
        S: * 1 FETCH (UID 10 FLAGS (\\Answered))
        S: * 2 FETCH (UID 11 FLAGS (\\Answered))
        S: c OK Store completed
        C: d STORE 1 +FLAGS (\\Recent)
        S: d BAD Invalid system flag
        C: e STORE 1 *FLAGS (x)
        S: e BAD Unknown store item
        """
    )

    static let expunging = Dialogue(
        "expunge",
        """
        C: a STORE 1:2 +FLAGS.SILENT (\\Deleted)
        S: a OK Store completed
        C: b UID EXPUNGE 11
        S: * 2 EXPUNGE
        S: b OK Expunge completed
        C: c EXPUNGE
        S: * 1 EXPUNGE
        S: c OK Expunge completed
        C: d FETCH 1:* FLAGS
        S: d OK Fetch completed
        C: e UNSELECT
        S: e OK Unselect completed
        """
    )

    static let copying = Dialogue(
        "copy and move",
        """
        C: a COPY 1:2 nowhere
        S: a NO [TRYCREATE] Mailbox does not exist
        C: b CREATE x
        S: b OK Create completed
        C: c UID COPY 10:11 x
        S: c OK [COPYUID 8 10:11 1:2] Copy completed
        C: d MOVE 1 x
        S: * OK [COPYUID 8 10 3] Moved
        S: * 1 EXPUNGE
        S: d OK Move completed
        C: e UID COPY 99 x
        S: e OK Copy completed
        C: f STATUS x (MESSAGES RECENT UNSEEN)
        S: * STATUS x (MESSAGES 3 RECENT 3 UNSEEN 2)
        S: f OK Status completed
        """
    )

    static let searching = Dialogue(
        "search",
        """
        C: a SEARCH ALL
        S: * SEARCH 1 2
        S: a OK Search completed
        C: b UID SEARCH SUBJECT TWO
        S: * SEARCH 11
        S: b OK Search completed
        C: c SEARCH OR (UNSEEN FROM ann) (SEEN SMALLER 10)
        S: * SEARCH 1
        S: c OK Search completed
        C: d SEARCH CHARSET UTF-8 TEXT first
        S: * SEARCH 1
        S: d OK Search completed
        C: e SEARCH CHARSET KOI8-R TEXT x
        S: e NO [BADCHARSET (US-ASCII UTF-8)] Unknown charset
        C: f SEARCH SINCE 2-Oct-2019 BEFORE 3-Oct-2019 NOT ON 1-Oct-2019
        S: * SEARCH 1 2
        S: f OK Search completed
        C: g SEARCH SENTON 2-Oct-2019
        S: * SEARCH
        S: g OK Search completed
        C: h SEARCH 2 UID 10:*
        S: * SEARCH 2
        S: h OK Search completed
        C: i SEARCH NEW
        S: * SEARCH
        S: i OK Search completed
        C: j SEARCH BODY second LARGER 23 UNKEYWORD x
        S: * SEARCH 2
        S: j OK Search completed
        C: k SEARCH HEADER FROM ""
        S: * SEARCH 1
        S: k OK Search completed
        """
    )

    static let damaged = Dialogue(
        "damaged commands",
        """
        C: a FETCH 3 FLAGS
        S: a BAD Message number out of range
        C: b FETCH 0 FLAGS
        S: b BAD Invalid sequence set
        C: c FETCH 1
        S: c BAD Missing fetch items
        C: d FETCH 1 BODY[HEADER.FIELDS ()]
        S: d BAD Empty list of header fields
        C: e FETCH 1 BODY[1.]
        S: e BAD Invalid section
        C: f FETCH 1 BODY[]<0.0>
        S: f BAD Invalid partial range
        C: g SEARCH
        S: g BAD Missing arguments
        C: h SEARCH OR SEEN
        S: h BAD Missing arguments
        C: i SEARCH BEFORE 2019
        S: i BAD Invalid date
        C: j STORE 1 FLAGS
        S: j BAD Missing arguments
        C: k LIST "" "unfinished
        S: k BAD Expected a string
        C: l SELECT
        S: l BAD Missing arguments
        C: m STATUS INBOX (FOO)
        S: m BAD Unknown status item
        C: n UID NOOP
        S: n BAD Unknown command
        C: o FETCH 1 (FLAGS
        S: o BAD Missing arguments
        """
    )
}
