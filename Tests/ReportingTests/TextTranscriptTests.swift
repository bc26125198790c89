import IMAPProtocol
import IMAPSession
import IMAPWire
import Reporting
import Testing
import Traffic

@Suite
struct TextTranscriptTests {
    private let header =
        "#3 127.0.0.1:51234 → imap.example.org:143   client cleartext · upstream cleartext · 2026-11-23T10:00:01.123Z"

    private func lines(_ detail: TextDetail, fetches: Int = 5) -> [String] {
        let output = CapturedOutput()
        let session = HandMadeSession(3, TextTranscript(output: output, detail: detail))
        SampleSession.play(into: session, fetches: fetches)
        session.end(at: 3_000)
        return output.lines
    }

    /// Ends `text` at the right column.
    private func right(_ text: String, _ mark: String) -> String {
        text + String(repeating: " ", count: max(104 - text.unicodeScalars.count - mark.unicodeScalars.count, 2)) + mark
    }

    @Test func `detail 0 is one line for a session`() {
        #expect(
            self.lines(.sessions) == [
                "#3 127.0.0.1:51234 → imap.example.org:143   drichards · logout · 3.0 s · 3 exchanges"
                    + " · ↑ 1,234 octets  ↓ 3.1 MB · 1 finding · 2026-11-23T10:00:01.123Z"
            ]
        )
    }

    @Test func `detail 1 is one line for an exchange, with findings and authentications`() {
        func exchange(_ time: String, _ name: String, _ command: String, _ facts: String) -> String {
            let note = noteLine(command: command).first.map { " · " + $0.dropFirst(11) } ?? ""
            return self.right("  \(time) \(name)\(note)", "OK  \(facts)  ↑ 88 octets  ↓ 3,120 octets")
        }
        #expect(
            self.lines(.exchanges) == [
                self.header,
                "  0.000 ! C01 high · PLAIN is offered without TLS (RFC 9051 section 7)",
                exchange("0.412", "j AUTHENTICATE", "j AUTHENTICATE CRAM-MD5", "400 ms"),
                "  0.412 -- authenticated as drichards with CRAM-MD5 · verified with the given password",
                "  0.412 ! M01 high · CRAM-MD5 lets a listener guess the password (RFC 9051 section 7)",
                exchange("0.501", "k SELECT", "k SELECT INBOX", "1.0 ms"),
                exchange("1.900", "l FETCH", "l FETCH 1:* (FLAGS UID)", "1.3 s"),
            ]
        )
    }

    private func opening(_ capabilities: String) -> [String] {
        let greeting = noteLine(response: SampleSession.greeting, isGreeting: true)
        let login = "j OK [CAPABILITY \(SampleSession.manyCapabilities)] Logged in"
        let authenticated = ["authenticated as drichards with CRAM-MD5", "verified with the given password"]
        let loginNote = noteLine(response: login, answering: .authenticate).map { String($0.dropFirst(11)) }
        return [self.header, "  0.000 S: " + SampleSession.greeting]
            + [self.right(greeting.first ?? "", "! C01 high")]
            + ["           PLAIN is offered without TLS (RFC 9051 section 7)"]
            + ["  0.012 C: j AUTHENTICATE CRAM-MD5"] + noteLine(command: "j AUTHENTICATE CRAM-MD5")
            + ["  0.020 S: + PDE4NTZAYmx1ZWZpbi5wPg==", "           challenge <1856@bluefin.p>"]
            + ["  0.310 C: ‹56 octets masked›", "           user drichards, digest masked"]
            + [self.right("  0.412 S: j OK [CAPABILITY \(capabilities)] Logged in", "400 ms")]
            + [self.right("           " + (authenticated + loginNote).joined(separator: " · "), "! M01 high")]
            + ["           CRAM-MD5 lets a listener guess the password (RFC 9051 section 7)"]
            + ["  0.500 C: k SELECT INBOX"] + noteLine(command: "k SELECT INBOX")
            + ["  0.500 S: * 5000 EXISTS"] + noteLine(response: "* 5000 EXISTS", answering: .select)
            + [self.right("  0.501 S: k OK done", "1.0 ms")]
            + [
                "           "
                    + (["INBOX selected"]
                    + noteLine(response: "k OK done", answering: .select).map { String($0.dropFirst(11)) })
                    .joined(separator: " · ")
            ]
            + ["  0.600 C: l FETCH 1:* (FLAGS UID)"] + noteLine(command: "l FETCH 1:* (FLAGS UID)")
    }

    private func fetches(_ count: Int) -> [String] {
        (1...count).flatMap { number in
            let response = SampleSession.fetchResponse(number)
            return ["  0.60\(number) S: " + response] + noteLine(response: response, answering: .fetch)
        }
    }

    private var ending: [String] {
        [self.right("  1.900 S: l OK done", "1.3 s")] + noteLine(response: "l OK done", answering: .fetch)
            + [
                "  3.000 -- session ended after 3.0 s · drichards · logout · 3 exchanges"
                    + " · ↑ 1,234 octets  ↓ 3.1 MB · 1 finding"
            ]
    }

    @Test func `detail 2 shows messages with notes and folds runs`() {
        let folded = "           … 2 more FETCH responses, 66 octets; --detail 3 shows each"
        #expect(self.lines(.messages) == self.opening("… 33 capabilities") + self.fetches(3) + [folded] + self.ending)
    }

    @Test(arguments: [TextDetail.previews, .everything])
    func `details 3 and 4 show each message whole`(detail: TextDetail) {
        #expect(
            self.lines(detail) == self.opening(SampleSession.manyCapabilities) + self.fetches(5) + self.ending
        )
    }

    @Test(
        arguments: [
            (3, nil), (4, "… 1 more FETCH response, 33 octets; --detail 3 shows each"),
            (5_001, "… 4,998 more FETCH responses, 193 kB; --detail 3 shows each"),
        ] as [(Int, String?)]
    )
    func `what is folded is counted`(count: Int, expected: String?) throws {
        let folded = self.lines(.messages, fetches: count).filter { $0.contains("--detail 3") }
        #expect(folded == (expected.map { ["           " + $0] } ?? []))
    }

    @Test func `a run ends at another response, and a finding in it is shown`() {
        let output = CapturedOutput()
        let session = HandMadeSession(1, TextTranscript(output: output))
        for number in 1...10 {
            session.send(.server, "* \(number) EXPUNGE\r\n", at: 0) {
                if number == 6 { $0.findings = [finding("odd", .low, "This one is odd")] }
            }
        }
        session.send(.server, "* LIST () \"/\" INBOX\r\n", at: 0)
        session.end(at: 1)
        let shown = output.lines.filter { $0.contains("EXPUNGE") || $0.contains("LIST") }
        #expect(
            shown == [
                "  0.000 S: * 1 EXPUNGE", "  0.000 S: * 2 EXPUNGE", "  0.000 S: * 3 EXPUNGE",
                "           … 2 more EXPUNGE responses, 26 octets; --detail 3 shows each",
                "  0.000 S: * 6 EXPUNGE",
                "           … 4 more EXPUNGE responses, 53 octets; --detail 3 shows each",
                "  0.000 S: * LIST () \"/\" INBOX",
            ]
        )
        #expect(output.lines.contains("           This one is odd (RFC 9051 section 7)"))
    }

    @Test func `a finding that comes with every message of a run is told once and then counted`() {
        let output = CapturedOutput()
        let session = HandMadeSession(1, TextTranscript(output: output))
        for number in 1...9 {
            session.send(.server, "* \(number) EXPUNGE\r\n", at: 0) {
                if number >= 5 { $0.findings = [finding("odd", number == 8 ? .high : .low, "This one is odd")] }
            }
        }
        session.send(.server, "* LIST () \"/\" INBOX\r\n", at: 0)
        session.end(at: 1)
        #expect(
            output.lines.filter { $0.contains("EXPUNGE") } == [
                "  0.000 S: * 1 EXPUNGE", "  0.000 S: * 2 EXPUNGE", "  0.000 S: * 3 EXPUNGE",
                "           … 1 more EXPUNGE response, 13 octets; --detail 3 shows each",
                "  0.000 S: * 5 EXPUNGE",
                "           … 2 more EXPUNGE responses, 26 octets, odd in each; --detail 3 shows each",
                "  0.000 S: * 8 EXPUNGE",
                "           … 1 more EXPUNGE response, 13 octets, odd; --detail 3 shows each",
            ]
        )
    }

    @Test func `lines name their session while more than one is open`() {
        let output = CapturedOutput()
        let sink = TextTranscript(output: output)
        let first = HandMadeSession(1, sink)
        first.send(.client, "a NOOP\r\n", at: 1)
        let second = HandMadeSession(2, sink)
        second.send(.client, "b NOOP\r\n", at: 2)
        first.send(.server, "a OK done\r\n", at: 3) {
            $0.completes = first.exchange(1, "a", "NOOP", .noop, sent: 1, ended: 3, status: .ok)
        }
        second.end(at: 4)
        first.send(.client, "c NOOP\r\n", at: 5)
        sink.flush()
        let messages = output.lines.filter { $0.contains("C: ") || $0.contains("S: ") || $0.contains("ended") }
        #expect(
            messages == [
                "  0.001 C: a NOOP",
                "#2   0.002 C: b NOOP",
                "#1 " + self.right("  0.003 S: a OK done", "2.0 ms"),
                "#2   0.004 -- session ended after 4.0 ms · drichards · logout · 3 exchanges"
                    + " · ↑ 1,234 octets  ↓ 3.1 MB · 1 finding",
                "  0.005 C: c NOOP",
            ]
        )
    }

    @Test func `a capability list is shown once`() {
        let output = CapturedOutput()
        let session = HandMadeSession(1, TextTranscript(output: output))
        let list = (1...13).map { "CAP\($0)" }.joined(separator: " ")
        session.send(.server, "* CAPABILITY \(list)\r\n", at: 0)
        session.send(.server, "a OK [CAPABILITY \(list)] x\r\n", at: 0)
        session.send(.server, "* OK [CAPABILITY A B] x\r\n", at: 0)
        session.send(.server, "* OK [CAPABILITY A B] x\r\n", at: 0)
        session.end(at: 1)
        #expect(
            output.lines.filter { $0.contains("S: ") } == [
                "  0.000 S: * CAPABILITY \(list)",
                "  0.000 S: a OK [CAPABILITY … 13 capabilities] x",
                "  0.000 S: * OK [CAPABILITY A B] x",
                "  0.000 S: * OK [CAPABILITY A B] x",
            ]
        )
    }

    @Test(arguments: [TextDetail.messages, .previews])
    func `a very long line loses its middle at detail 2 only`(detail: TextDetail) {
        let output = CapturedOutput()
        let session = HandMadeSession(1, TextTranscript(output: output, detail: detail))
        let text = "* OK " + String(repeating: "é", count: 1_720)
        session.send(.server, text + "\r\n", at: 0)
        session.end(at: 1)
        let head = "  0.000 S: * OK " + String(repeating: "é", count: 117)
        let short = head + " … 3,126 octets … " + String(repeating: "é", count: 40)
        #expect(output.lines[1] == (detail == .messages ? short : "  0.000 S: " + text))
    }

    @Test func `hostile octets are shown, not obeyed`() {
        let output = CapturedOutput()
        let session = HandMadeSession(1, TextTranscript(output: output))
        let hostile = "* BAD \u{1B}]0;title\u{7}\u{202E}evil\u{9B}31m"
        session.send(.server, octets: Array(hostile.utf8) + [0xFF, 0x0D, 0x0A], at: 0)
        session.event(
            .stateChanged(from: .authenticated, to: .selected, mailbox: "a\u{1B}[2Jb", time: HandMadeSession.time(1))
        )
        session.end(at: 2, user: "x\ny\u{85}")
        #expect(output.lines[1] == #"  0.000 S: * BAD \x1B]0;title\x07\u{202E}evil\u{9B}31m\xFF"#)
        #expect(output.lines.contains(#"  0.001 -- a\x1B[2Jb selected"#))
        #expect(output.octets.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A })
        #expect(output.text.unicodeScalars.allSatisfy { $0.value != 0x202E && !(0x80..<0xA0).contains($0.value) })
    }

    @Test func `colours are there when asked for, and do not move columns`() {
        let output = CapturedOutput()
        let session = HandMadeSession(3, TextTranscript(output: output, color: true))
        SampleSession.play(into: session)
        session.end(at: 3_000)
        #expect(output.text.contains("\u{1B}[36mk OK done\u{1B}[0m"))
        #expect(output.text.contains("\u{1B}[31m! C01 high\u{1B}[0m"))
        let plain = output.text.replacing(/\u{1B}\[[0-9;]*m/, with: "").split(separator: "\n").map(String.init)
        #expect(plain == self.lines(.messages))
    }

    @Test func `revealed secrets are announced in the header`() {
        let output = CapturedOutput()
        let session = HandMadeSession(3, TextTranscript(output: output, revealsSecrets: true))
        session.end(at: 0)
        #expect(output.lines[0] == self.header + " · SECRETS REVEALED")
    }

    @Test func `full chunks are handed over between flushes`() {
        let output = CapturedOutput()
        let session = HandMadeSession(1, TextTranscript(output: output, detail: .previews))
        for number in 0..<2_000 { session.send(.server, "* \(number) EXISTS\r\n", at: 0) }
        #expect(output.writes > 0)
        #expect(output.octets.last == UInt8(ascii: "\n"))
        #expect(output.octets.count > 32_768)
    }
}
