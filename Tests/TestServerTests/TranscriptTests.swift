import Testing

@testable import TestServer

@Suite struct TranscriptTests {
    static let notAuthenticated = [
        Dialogue(
            "states",
            """
            C: a SELECT INBOX
            S: a BAD Log in first
            C: b FETCH 1 FLAGS
            S: b BAD Log in first
            C: c STARTTLS
            S: c BAD STARTTLS is not offered
            C: d NOOP
            S: d OK Nothing done
            C: e FROBNICATE
            S: e BAD Unknown command
            C: f CAPABILITY now
            S: f BAD Too many arguments
            C: *f NOOP
            S: * BAD Invalid tag
            C:  
            S: * BAD Missing tag
            C: g ID ("name" "x")
            S: * ID ("name" "imapscope test server")
            S: g OK ID completed
            C: h ID NIL
            S: * ID ("name" "imapscope test server")
            S: h OK ID completed
            C: i ID ("name")
            S: i BAD Invalid parameter list
            C: z LOGOUT
            S: * BYE Logging out
            S: z OK Logout completed
            """
        )
    ]

    @Test(arguments: notAuthenticated)
    func `before login only a few commands are allowed`(_ dialogue: Dialogue) throws {
        var server = try Fixture.server()
        dialogue.play(on: &server)
        #expect(server.isClosed)
    }

    static let mailboxes = [
        Dialogue(
            "select",
            """
            C: a SELECT inbox
            S: * FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)
            S: * OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft \\*)] Flags permitted
            S: * 2 EXISTS
            S: * 0 RECENT
            S: * OK [UNSEEN 1] First unseen
            S: * OK [UIDVALIDITY 7] UIDs valid
            S: * OK [UIDNEXT 12] Predicted next UID
            S: a OK [READ-WRITE] Select completed
            C: b SELECT nowhere
            S: b NO [NONEXISTENT] Mailbox does not exist
            C: c FETCH 1 FLAGS
            S: c BAD No mailbox is selected
            C: d LOGIN ann x
            S: d BAD Already logged in
            """
        ),
        Dialogue(
            "examine changes nothing",
            """
            C: a EXAMINE INBOX
            S: * FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)
            S: * OK [PERMANENTFLAGS ()] No permanent flags
            S: * 2 EXISTS
            S: * 0 RECENT
            S: * OK [UNSEEN 1] First unseen
            S: * OK [UIDVALIDITY 7] UIDs valid
            S: * OK [UIDNEXT 12] Predicted next UID
            S: a OK [READ-ONLY] Examine completed
            C: b FETCH 1 (BODY[TEXT] FLAGS)
            S: * 1 FETCH (BODY[TEXT] {7}
            S: first
            S:  FLAGS ())
            S: b OK Fetch completed
            C: c STORE 1 +FLAGS (\\Deleted)
            S: c NO The mailbox is open for reading only
            C: d EXPUNGE
            S: d NO The mailbox is open for reading only
            C: e CLOSE
            S: e OK Close completed
            """
        ),
        Dialogue(
            "create, list, rename, delete",
            """
            C: a CREATE "a b.c d"
            S: a OK Create completed
            C: b LIST "" *
            S: * LIST (\\HasNoChildren) "." INBOX
            S: * LIST (\\HasChildren) "." "a b"
            S: * LIST (\\HasNoChildren) "." "a b.c d"
            S: b OK List completed
            C: c LIST "" %
            S: * LIST (\\HasNoChildren) "." INBOX
            S: * LIST (\\HasChildren) "." "a b"
            S: c OK List completed
            C: d LIST "a b." %
            S: * LIST (\\HasNoChildren) "." "a b.c d"
            S: d OK List completed
            C: e LIST "" ""
            S: * LIST (\\Noselect) "." ""
            S: e OK List completed
            C: f LIST "" iNbOx
            S: * LIST (\\HasNoChildren) "." INBOX
            S: f OK List completed
            C: g CREATE inbox
            S: g NO [ALREADYEXISTS] Mailbox exists already
            C: h CREATE a..b
            S: h NO [CANNOT] Not a name for a mailbox
            C: i DELETE "a b"
            S: i OK Delete completed
            C: j SELECT "a b"
            S: j NO [NONEXISTENT] Mailbox does not exist
            C: k DELETE "a b"
            S: k NO [HASCHILDREN] The name has children
            C: l RENAME "a b" x
            S: l OK Rename completed
            C: m LIST "" x*
            S: * LIST (\\Noselect \\HasChildren) "." x
            S: * LIST (\\HasNoChildren) "." "x.c d"
            S: m OK List completed
            C: n RENAME INBOX old
            S: n OK Rename completed
            C: o STATUS old (MESSAGES UNSEEN UIDNEXT)
            S: * STATUS old (MESSAGES 2 UNSEEN 1 UIDNEXT 12)
            S: o OK Status completed
            C: p STATUS INBOX (MESSAGES)
            S: * STATUS INBOX (MESSAGES 0)
            S: p OK Status completed
            C: q DELETE INBOX
            S: q NO [CANNOT] INBOX cannot be deleted
            C: r NAMESPACE
            S: * NAMESPACE (("" ".")) NIL NIL
            S: r OK Namespace completed
            """
        ),
        Dialogue(
            "subscriptions",
            """
            C: a CREATE work.receipts
            S: a OK Create completed
            C: b SUBSCRIBE work.receipts
            S: b OK Subscribe completed
            C: c SUBSCRIBE nowhere
            S: c NO [NONEXISTENT] Mailbox does not exist
            C: d LSUB "" *
            S: * LSUB () "." work.receipts
            S: d OK Lsub completed
            C: e LSUB "" %
            S: * LSUB (\\Noselect) "." work
            S: e OK Lsub completed
            C: f UNSUBSCRIBE work.receipts
            S: f OK Unsubscribe completed
            C: g LSUB "" *
            S: g OK Lsub completed
            """
        ),
        Dialogue(
            "append",
            """
            C: a APPEND nowhere {3}
            S: a NO [TRYCREATE] Mailbox does not exist
            C: b APPEND INBOX (\\Seen kept) " 7-Oct-2019 23:44:00 -0700" {15+}
            C: Subject: x
            C: 
            C: y
            S: b OK [APPENDUID 7 12] Append completed
            C: c SELECT INBOX
            S: * FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft kept)
            S: * OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft kept \\*)] Flags permitted
            S: * 3 EXISTS
            S: * 1 RECENT
            S: * OK [UNSEEN 1] First unseen
            S: * OK [UIDVALIDITY 7] UIDs valid
            S: * OK [UIDNEXT 13] Predicted next UID
            S: c OK [READ-WRITE] Select completed
            C: d FETCH 3 (FLAGS INTERNALDATE RFC822.SIZE)
            S: * 3 FETCH (FLAGS (\\Seen kept \\Recent) INTERNALDATE " 7-Oct-2019 23:44:00 -0700" RFC822.SIZE 15)
            S: d OK Fetch completed
            C: e APPEND INBOX {2+}
            C: ab (\\Seen) {2+}
            C: cd
            S: * 5 EXISTS
            S: * 3 RECENT
            S: e OK [APPENDUID 7 13:14] Append completed
            C: f APPEND INBOX (\\Recent) {2+}
            C: ab
            S: f BAD Invalid system flag
            """
        ),
    ]

    @Test(arguments: mailboxes)
    func `mailbox commands answer as the standard says`(_ dialogue: Dialogue) throws {
        var server = try Fixture.session(selects: false)
        dialogue.play(on: &server)
    }

    @Test(arguments: MessageTranscripts.all)
    func `message commands answer as the standard says`(_ dialogue: Dialogue) throws {
        var server = try Fixture.session()
        dialogue.play(on: &server)
    }

    @Test(arguments: mailboxes + MessageTranscripts.all)
    func `the answers do not depend on how the octets arrive`(_ dialogue: Dialogue) throws {
        let sent = dialogue.text.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { $0.hasPrefix("C: ") }.map { $0.dropFirst(3) + "\r\n" }.joined()
        let octets = Array("l login ann tanstaaftanstaaf\r\nq select inbox\r\n\(sent)".utf8)
        var whole = try Fixture.server()
        let expected = whole.hear(octets).octets
        var pieces = try Fixture.server()
        #expect(octets.flatMap { pieces.hear([$0]).octets } == expected)
    }

    @Test func `an extension that is not offered is unknown`() throws {
        var server = try Fixture.session { $0.extensions = [] }
        Dialogue(
            "none",
            """
            C: a IDLE
            S: a BAD Unknown command
            C: b NAMESPACE
            S: b BAD Unknown command
            C: c UID EXPUNGE 1
            S: c BAD Unknown command
            C: d MOVE 1 x
            S: d BAD Unknown command
            C: e COPY 1 INBOX
            S: * 3 EXISTS
            S: * 1 RECENT
            S: e OK Copy completed
            C: f CAPABILITY
            S: * CAPABILITY IMAP4rev1
            S: f OK Capability completed
            """
        ).play(on: &server)
    }

    @Test func `limits are enforced`() throws {
        var server = try Fixture.session { $0.limits = .init(literal: 10, line: 200, mailboxes: 2, messages: 3) }
        Dialogue(
            "limits",
            """
            C: a APPEND INBOX {11}
            S: a NO [TOOBIG] Literal too large
            C: b APPEND INBOX {11+}
            C: 12345678901
            S: b NO [TOOBIG] Message too large
            C: c CREATE x
            S: c OK Create completed
            C: d CREATE y
            S: d NO [LIMIT] Too many mailboxes
            C: e COPY 1:2 INBOX
            S: e NO [OVERQUOTA] Mailbox full
            C: f NOOP
            S: f OK Nothing done
            """
        ).play(on: &server)
        let long = server.say("g LIST \"\" \(String(repeating: "x", count: 300))\r\nh NOOP\r\n")
        #expect(long.lines == ["g BAD Command too long", "h OK Nothing done"])
    }
}
