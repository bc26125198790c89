import IMAPSession
import Testing

@Suite("promises about mailboxes")
struct MailboxViolationTests {
    @Test(arguments: Promise.expunges + Promise.numbers + Promise.uids + Promise.states + Promise.extensions)
    func `a broken promise is named, a kept one is not`(promise: Promise) {
        for slowly in [false, true] {
            let recorder = play(promise.play, slowly: slowly)
            let found = zip(recorder.findings, recorder.findingTexts).map { "\($0) \($1)" }
            #expect(found.count == promise.findings.count, "\(found)")
            for (finding, expected) in zip(found, promise.findings) {
                #expect(finding.hasPrefix(expected), "\(finding)")
            }
        }
    }

    @Test
    func `data without its extension is told once, however much comes`() {
        let lines = (1...5).map { "* \($0) FETCH (UID \($0) MODSEQ (9))|" }.joined()
        let recorder = play(Promise("", [.c("a FETCH 1:5 UID|"), .s(lines + "a OK|")]).play)
        #expect(recorder.findings == ["not-enabled"])
    }

    @Test
    func `beyond the limit of runs the session says once that it forgets`() {
        let lines = (1...300).map { "* \($0) FETCH (UID \($0 * 2))|" }.joined()
        let steps: [Step] = [.c("a NOOP|"), .s("* 400 EXISTS|a OK|"), .c("b FETCH 1:* UID|"), .s(lines + "b OK|")]
        let recorder = play(Promise("", steps).play, options: SessionOptions(mailboxRuns: 20))
        #expect(recorder.findings == ["uids-forgotten"])
    }

    @Test
    func `beyond the limit of commands nothing is said about states`() {
        let recorder = play(
            [.s("* PREAUTH|"), .c("a NOOP|b NOOP|c SELECT x|"), .s("a OK|b OK|* 1 EXISTS|c OK|* 1 FETCH (UID 1)|")],
            options: SessionOptions(outstandingExchanges: 2)
        )
        #expect(recorder.findings == ["too-many-commands", "unknown-tag"])
    }
}
