import IMAPSession
import IMAPWire
import Masking
import Reporting
import Testing
import Traffic

@Suite
struct LiteralTests {
    private func lines(_ detail: TextDetail, _ play: (HandMadeSession) -> Void) -> [String] {
        let output = CapturedOutput()
        let session = HandMadeSession(1, TextTranscript(output: output, detail: detail))
        play(session)
        session.end(at: 0)
        return Array(output.lines.dropFirst().dropLast())
    }

    private let command = "a APPEND INBOX {35}\r\nSubject: crash\r\nFrom: me\r\n\r\nHello\r\n {5}\r\nabcde)\r\n"

    private func append(_ session: HandMadeSession) {
        session.send(.client, self.command, at: 0, literals: [35, 5])
    }

    @Test func `detail 2 previews each literal in one line`() {
        #expect(
            self.lines(.messages, self.append).prefix(5) == [
                "  0.000 C: a APPEND INBOX {35}",
                #"           {35} literal · 35 octets · "Subject: crash↵From: me↵↵Hello↵""#,
                "            {5}",
                #"           {5} literal · 5 octets · "abcde""#,
                "           )",
            ]
        )
    }

    @Test(arguments: [TextDetail.previews, .everything])
    func `details 3 and 4 show the lines of literals`(detail: TextDetail) {
        #expect(
            self.lines(detail, self.append).prefix(10) == [
                "  0.000 C: a APPEND INBOX {35}",
                "           {35} literal · 35 octets",
                "           │ Subject: crash",
                "           │ From: me",
                "           │ ",
                "           │ Hello",
                "            {5}",
                "           {5} literal · 5 octets",
                "           │ abcde",
                "           )",
            ]
        )
    }

    @Test func `a long literal is cut at detail 3 and whole at detail 4`() {
        let body = String(repeating: "0123456789\r\n", count: 100)
        let play = { (session: HandMadeSession) in
            session.send(.server, "* 1 FETCH (BODY[] {1200}\r\n\(body))\r\n", at: 0, literals: [1_200])
        }
        let previews = self.lines(.previews, play)
        #expect(previews.contains("           │ … 944 octets more"))
        #expect(previews.filter { $0.hasPrefix("           │ 0123") }.count == 22)
        #expect(self.lines(.everything, play).filter { $0 == "           │ 0123456789" }.count == 100)
    }

    @Test func `a password in a literal shows neither its octets nor its size`() {
        for detail in [TextDetail.messages, .previews, .everything] {
            let lines = self.lines(detail) { session in
                session.send(
                    .client,
                    "a LOGIN u {6}\r\nhunter\r\n",
                    at: 0,
                    literals: [6],
                    secrets: ["hunter"]
                )
            }
            #expect(lines[1].hasPrefix("           literal"))
            #expect(lines.contains { $0.contains("‹masked›") })
            #expect(!lines.contains { $0.contains("hunter") || $0.contains("******") })
        }
    }

    @Test func `a refused or broken literal says so`() {
        let lines = self.lines(.messages) { session in
            session.send(.client, "a APPEND x {9}\r\n", at: 0, literals: [9]) {
                $0.literals[0].received = 0
                $0.literalRefused = true
            }
            session.send(.server, "* 1 FETCH (BODY[] {12400}\r\nabc", at: 0, literals: [3]) {
                $0.literals[0].size = 12_348
                $0.complete = false
            }
            session.event(.closed(.server, .reset, time: HandMadeSession.time(7)))
        }
        #expect(lines.contains("           {9} literal · 9 octets · never sent"))
        #expect(lines.contains { $0.contains("the server refused the literal") })
        #expect(lines.contains { $0.contains("incomplete, the stream ended with 12,345 octets of a literal missing") })
        #expect(lines.last == "  0.007 -- server reset the connection; 12,345 octets of a literal missing")
    }

    /// Feeds a literal of 10,000 octets in pieces of `size`, then its message.
    private func stream(_ session: HandMadeSession, _ body: [UInt8], pieces size: Int) {
        let record = LiteralRecord(
            offset: 27,
            size: UInt64(body.count),
            form: LiteralForm(),
            textOffset: 27,
            received: 0
        )
        for start in stride(from: 0, to: body.count, by: size) {
            let end = min(start + size, body.count)
            let piece = LiteralPiece(
                direction: .server,
                time: HandMadeSession.time(0),
                messageOffset: 0,
                literal: record,
                position: UInt64(start),
                isLast: end == body.count
            )
            session.sink.literal(piece, octets: body.span.bytes.extracting(start..<end), session: session.id)
        }
        let text = Array("* 1 FETCH (BODY[] {10000}\r\n".utf8) + body.prefix(4_096) + Array(")\r\n".utf8)
        session.send(.server, octets: text, at: 0, literals: [4_096]) {
            $0.literals[0].size = UInt64(body.count)
            $0.literals[0].received = UInt64(body.count)
        }
    }

    @Test(arguments: [1, 7, 64, 4_096, 10_000])
    func `octets of long literals pass under a head line, however they are cut`(size: Int) {
        let body = Array(String(repeating: "Grüße, \u{1B}\r\n", count: 834).utf8.prefix(10_000))
        let lines = self.lines(.everything) { self.stream($0, body, pieces: size) }
        #expect(lines[0] == "  0.000 S: {10000} literal · 10,000 octets of the message at octet 0")
        #expect(lines.contains("           {10000} literal · 10,000 octets · shown above"))
        let shown = lines.filter { $0.hasPrefix("           │ ") || $0.hasPrefix("           ┊ ") }
        let text = shown.map { ($0.hasPrefix("           │ ") ? "\n" : "") + $0.dropFirst(13) }.joined()
        let whole = String(decoding: body, as: UTF8.self).replacing("\u{1B}", with: #"\x1B"#)
        #expect(text == "\n" + whole.replacing("\r\n", with: "\n").trimmingSuffix("\n"))
    }

    @Test func `literals are wanted at detail 4 only`() {
        for detail in TextDetail.allCases {
            let sink = TextTranscript(output: CapturedOutput(), detail: detail)
            #expect(sink.wantsLiterals == (detail == .everything))
        }
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: Character) -> String {
        self.last == suffix ? String(self.dropLast()) : self
    }
}
