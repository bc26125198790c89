import IMAPProtocol
import IMAPSession
import IMAPWire
import Testing
import Traffic

/// A literal's count that is off: what the server takes as the literal, what it reads as a command, and how the streams
/// find back.
@Suite("Literals with a wrong count")
struct LiteralCountTests {
    private func append(_ count: Int, _ message: String, then rest: [Step]) -> SessionRecorder {
        play([.s("* PREAUTH hi|"), .c("a APPEND x {\(count)}|"), .s("+ go|"), .c(message)] + rest)
    }

    @Test("a count too small: what is read as the literal, as its command, and what was meant")
    func tooSmall() {
        let recorder = self.append(10, "Subject: hi all|", then: [.s("a BAD no|"), .c("b NOOP|"), .s("b OK done|")])
        #expect(recorder.findings == ["literal-leftover"])
        let text = recorder.findingTexts.first ?? ""
        #expect(text.contains("takes 10 octets as the literal"))
        #expect(text.contains("the 5 behind it, “i all”"))
        #expect(text.contains("{15} was meant"))
        #expect(recorder.exchanges.map(\.tag) == ["a", "b"])
    }

    @Test("the rest of a message is never quoted for a command that may hold a password")
    func secretLeftover() {
        let recorder = play([.s("* OK hi|"), .c("a LOGIN u {3}|"), .s("+ go|"), .c("secret|"), .s("a BAD no|")])
        #expect(recorder.findings.contains("literal-leftover"))
        #expect(!recorder.findingTexts.joined().contains("ret"))
    }

    @Test("a count too large by a few: the end of the command is in the message, and the next command is waited for")
    func tooLarge() {
        let recorder = self.append(
            20,
            "Subject: hi all|",
            then: [.c("b NOOP|"), .c("c NOOP|"), .s("a BAD no|c OK done|")]
        )
        #expect(recorder.findings == ["literal-too-long"])
        let text = recorder.findingTexts.first ?? ""
        #expect(text.contains("“b NOOP”"))
        #expect(text.contains("{15} was meant"))
        #expect(recorder.exchanges.map(\.tag) == ["a", "c"])
    }

    @Test("a count too large that swallows several commands is traced to the first of them")
    func tooLargeByCommands() {
        let recorder = self.append(26, "Subject: hi all|", then: [.c("b NOOP|c NOOP|"), .s("a BAD no|")])
        #expect(recorder.findingTexts.first?.contains("“b NOOP”") == true)
        #expect(recorder.findingTexts.first?.contains("{15} was meant") == true)
    }

    @Test("a literal of any size is traced")
    func tooLargeAndLong() {
        let message = String(repeating: "0123456789", count: 1000)
        let recorder = self.append(10_005, message + "|", then: [.c("b NOOP|"), .s("a BAD no|")])
        #expect(recorder.findingTexts.first?.contains("“b NOOP”") == true)
        #expect(recorder.findingTexts.first?.contains("{10000} was meant") == true)
    }

    @Test("a client that waits for ever: the end of the connection tells what the literal held")
    func tooLargeAtEnd() {
        let recorder = self.append(500, "Subject: hi all|", then: [.c("b LOGOUT|")])
        #expect(recorder.findings == ["literal-cut", "literal-too-long"])
        #expect(recorder.findingTexts.last?.contains("{15} was meant") == true)
        #expect(recorder.findingTexts.last?.contains("still waits for 473") == true)
    }

    @Test(
        "a message ends in a line feed; the octets of a literal8 need not (RFC 3516 section 4.4)",
        arguments: [("", ["append-literal-count"]), ("~", [])]
    )
    func lineEndOfAppend(form: String, findings: [String]) {
        let recorder = play([
            .s("* PREAUTH hi|"), .c("a APPEND x \(form){15}|"), .s("+ go|"), .c("Subject: hi all|"), .s("a OK done|"),
        ])
        #expect(recorder.findings == findings)
    }

    @Test("one octet too few leaves one octet behind")
    func oneTooFew() {
        let recorder = self.append(14, "Subject: hi all|", then: [.s("a BAD no|"), .c("b NOOP|"), .s("b OK done|")])
        #expect(recorder.findings == ["literal-leftover"])
        #expect(recorder.findingTexts.first?.contains("the 1 behind it, “l”") == true)
        #expect(recorder.exchanges.map(\.tag) == ["a", "b"])
    }

    @Test(
        "one or two octets too many take the line end of the command, and the next one is its rest",
        arguments: [16, 17]
    )
    func lineEndTaken(count: Int) {
        let recorder = self.append(count, "Subject: hi all|", then: [.c("b NOOP|"), .s("a BAD no|"), .c("c NOOP|")])
        let text = recorder.findingTexts.joined()
        #expect(text.contains(count == 16 ? "{15} was meant" : "“b NOOP”"), "\(text)")
    }

    @Test("a server's literal that is too short ends where the server completes the command and the client goes on")
    func serverTooShort() {
        for slowly in [false, true] {
            let recorder = play(
                [
                    .s("* PREAUTH hi|"), .c("s SELECT x|"), .s("s OK done|"), .c("a FETCH 1 BODY[]|"),
                    .s("* 1 FETCH (BODY[] {900}|Subject: x||text)|a OK done|"),
                    .c("b NOOP|"), .s("* 5 EXISTS|b OK done|"),
                ],
                slowly: slowly
            )
            #expect(
                recorder.findings == [
                    "desynchronised", "resynchronised",
                ]
            )
            #expect(recorder.exchanges.map(\.tag) == ["s", "a", "b"])
            #expect(recorder.lines.contains("S untagged #3 * 5 EXISTS|"))
        }
    }

    @Test("a completion inside a literal is text while the server goes on sending")
    func forgedCompletion() {
        for slowly in [false, true] {
            let recorder = play(
                [
                    .s("* PREAUTH hi|"), .c("s SELECT x|"), .s("s OK done|"), .c("a FETCH 1 BODY[]|"),
                    .s("* 1 FETCH (BODY[] {17}|a OK done|"),
                    .c("b NOOP|"),
                    .s("more|)|a OK fetched|b OK done|"),
                ],
                slowly: slowly
            )
            #expect(recorder.findings == [])
            #expect(recorder.exchanges.map(\.tag) == ["s", "a", "b"])
        }
    }

    @Test("a server that closes inside a literal has completed what its last line says")
    func serverTooShortAtEnd() {
        let recorder = play([
            .s("* PREAUTH hi|"), .c("s SELECT x|"), .s("s OK done|"), .c("a FETCH 1 BODY[]|"),
            .s("* 1 FETCH (BODY[] {900}|text)|a OK done|"),
            .closed(.server, .closed),
        ])
        #expect(recorder.exchanges.map(\.tag) == ["s", "a"])
        #expect(recorder.findings.contains("resynchronised"))
    }

    @Test("a server's literal that is too long: text is not taken for responses until one is plausible")
    func serverTooLong() {
        let recorder = play([
            .s("* PREAUTH hi|"), .c("s SELECT x|"), .s("s OK done|"), .c("a FETCH 1 BODY[]|"),
            .s("* 1 FETCH (BODY[] {8}|Subject: x||* one item|z OK sure|)|a OK done|"), .c("b NOOP|"), .s("b OK done|"),
        ])
        #expect(
            recorder.findings == [
                "desynchronised", "resynchronised",
            ]
        )
        #expect(recorder.lines.filter { $0.hasPrefix("S unparsed") }.count == 2)
        #expect(recorder.exchanges.map(\.tag) == ["s", "a", "b"])
    }
}
