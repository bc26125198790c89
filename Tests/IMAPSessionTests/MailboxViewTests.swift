import IMAPSession
import Testing

@Suite("the view of a mailbox")
struct MailboxViewTests {
    private func view(_ steps: [Step]) -> MailboxView? {
        playSession([.s("* PREAUTH|")] + Promise.selection + steps).session.mailboxView
    }

    @Test
    func `it holds what SELECT said`() throws {
        let view = try #require(self.view([]))
        #expect(view.name == "INBOX")
        #expect(view.exists == 5)
        #expect(view.recent == 0)
        #expect(view.uidValidity == 7)
        #expect(view.uidNext == 60)
        #expect(view.highestModSequence == 90)
        #expect(view.flags?.words == ["\\SEEN", "\\DELETED", "$X"])
        #expect(view.permanentFlags?.words == ["\\SEEN", "\\DELETED", "$X"])
        #expect(!view.isReadOnly)
    }

    @Test
    func `EXAMINE and READ-ONLY are read-only`() {
        #expect(self.view([.c("a EXAMINE x|"), .s("a OK|")])?.isReadOnly == true)
        #expect(self.view([.c("a SELECT x|"), .s("a OK [READ-ONLY] x|")])?.isReadOnly == true)
    }

    @Test(
        arguments: [
            [.c("a CLOSE|"), .s("a OK|")], [.c("a UNSELECT|"), .s("a OK|")], [.c("a SELECT y|"), .s("a NO|")],
            [.c("a SELECT y|"), .s("* OK [CLOSED] x|")], [.c("a UNAUTHENTICATE|"), .s("a OK|")],
        ] as [[Step]]
    )
    func `the mailbox is left`(steps: [Step]) {
        #expect(self.view(steps) == nil)
    }

    @Test(
        arguments: [
            [.c("a CLOSE|"), .s("a NO|")], [.c("a SELECT|"), .s("a BAD|")], [.c("a SELECT y|")],
            [.c("a DELETE y|"), .s("a OK|")],
        ] as [[Step]]
    )
    func `the mailbox stays open`(steps: [Step]) {
        #expect(self.view(steps)?.name == "INBOX")
    }

    @Test
    func `counts follow EXISTS, EXPUNGE and VANISHED`() {
        let fetch: [Step] = [.c("a UID FETCH 1:* UID|"), .s("* 1 FETCH (UID 10)|* 3 FETCH (UID 12)|a OK|")]
        #expect(self.view(fetch + [.c("b NOOP|"), .s("* 9 EXISTS|* 1 EXPUNGE|b OK|")])?.exists == 8)
        #expect(self.view(fetch + [.c("b NOOP|"), .s("* VANISHED 10:12|b OK|")])?.exists == 2)
        #expect(self.view(fetch + [.c("b NOOP|"), .s("* VANISHED 1:4294967295|b OK|")])?.exists == 0)
        #expect(self.view(fetch + [.c("b NOOP|"), .s("* VANISHED 0,9:x|b OK|")])?.exists == 5)
    }

    @Test
    func `an EXISTS of any size is taken`() {
        #expect(self.view([.c("b NOOP|"), .s("* 4294967295 EXISTS|b OK|")])?.exists == .max)
    }

    private static let fetched: [Step] = [
        .c("f FETCH 1:* UID|"), .s("* 1 FETCH (UID 11)|* 2 FETCH (UID 12)|* 4 FETCH (UID 40)|f OK|"),
    ]

    private static let asked: [(steps: [Step], uids: [String])] = [
        ([.c("a NOOP|"), .s("* 2 EXPUNGE|* 3 FETCH (FLAGS ())|a OK|")], ["2=12", "3=40"]),
        ([.c("a FETCH 2 FLAGS|"), .s("a OK|")], ["2=12"]),
        ([.c("a STORE 1,3:4 FLAGS ()|"), .s("a OK|")], ["1=11", "4=40"]),
        ([.c("a COPY 2:* x|"), .s("a OK|")], ["2=12"]),
        ([.c("a FETCH 3 FLAGS|"), .s("* 3 FETCH (FLAGS ())|a OK|")], []),
        ([.c("a UID FETCH 2 FLAGS|"), .s("* 1 FETCH (UID 11 FLAGS ())|a OK|")], []),
        ([.c("a SELECT y|"), .s("* 5 EXISTS|a OK|"), .c("b FETCH 2 FLAGS|"), .s("b OK|")], []),
        (
            [.c("a UID SEARCH ALL|"), .s("* SEARCH 11 12 30 40 50|a OK|"), .c("b FETCH 3,5 X|"), .s("b OK|")],
            ["3=30", "5=50"]
        ),
        (
            [
                .c("a UID SEARCH RETURN (ALL) ALL|"), .s("* ESEARCH (TAG \"a\") UID ALL 11:13,40:41|a OK|"),
                .c("b FETCH 3 X|"), .s("b OK|"),
            ], ["3=13"]
        ),
        ([.c("a UID SEARCH UNSEEN|"), .s("* SEARCH 11 12 30 40|a OK|"), .c("b FETCH 3 X|"), .s("b OK|")], []),
        (
            [.c("a COPY 3,5 y|"), .s("a OK [COPYUID 7 30,50 1:2] x|"), .c("b FETCH 3,5 X|"), .s("b OK|")],
            ["3=30", "5=50"]
        ),
        (
            [.c("a MOVE 5 y|"), .s("* OK [COPYUID 7 50 1] x|* 5 EXPUNGE|a OK|")],
            ["5=50"]
        ),
        (
            [
                .c("a APPEND inbox {2+}|||"), .s("* 6 EXISTS|a OK [APPENDUID 7 61] x|"), .c("b FETCH 6 X|"),
                .s("b OK|"),
            ], ["6=61"]
        ),
        (
            [
                .c("a APPEND other {2+}|||"), .s("* 6 EXISTS|a OK [APPENDUID 7 61] x|"), .c("b FETCH 6 X|"),
                .s("b OK|"),
            ], []
        ),
        ([.c("a COPY 3,5 y|"), .s("a OK [COPYUID 7 30 1] x|"), .c("b FETCH 3 X|"), .s("b OK|")], []),
    ]

    @Test(arguments: asked.indices)
    func `numbers are told with their UIDs`(index: Int) {
        let (steps, uids) = Self.asked[index]
        let recorder = play([.s("* PREAUTH|")] + Promise.selection + Self.fetched + steps)
        #expect(recorder.uids == uids)
    }

    @Test
    func `what is on is known`() {
        let steps: [Step] = [
            .s("* PREAUTH|"), .c("a ENABLE QRESYNC UTF8=ACCEPT X|"), .s("* ENABLED QRESYNC UTF8=ACCEPT|a OK|"),
        ]
        #expect(playSession(steps).session.enabled == [.qresync, .condstore, .utf8])
        let left = playSession(steps + [.c("u UNAUTHENTICATE|"), .s("u OK [CAPABILITY IMAP4rev1] x|")])
        #expect(left.session.enabled == [])
        #expect(left.session.state == .notAuthenticated)
        #expect(left.session.capabilities.words == ["IMAP4REV1"])
        let refused = playSession([.s("* PREAUTH|"), .c("a ENABLE QRESYNC|"), .s("a NO|")])
        #expect(refused.session.enabled == [])
    }

    @Test
    func `capabilities of the user who left are forgotten`() {
        let session = playSession([
            .s("* PREAUTH [CAPABILITY IMAP4rev1 UNAUTHENTICATE] hi|"), .c("u UNAUTHENTICATE|"), .s("u OK|"),
        ]).session
        #expect(session.capabilities.isEmpty)
    }

    @Test
    func `a flood of EXPUNGE in a mailbox of millions ends at once`() {
        let flood = String(repeating: "* 1 EXPUNGE|", count: 20_000)
        let session = playSession(
            [.s("* PREAUTH|")] + Promise.selection + [
                .c("a NOOP|"), .s("* 4000000 EXISTS|a OK|"), .c("b EXPUNGE|"), .s(flood + "b OK|"),
            ]
        ).session
        #expect(session.mailboxView?.exists == 3_980_000)
    }
}
