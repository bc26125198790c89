import IMAPSession
import IMAPWire
import Masking
import Reporting
import Testing
import Traffic

@Suite
struct ParseReportTests {
    private func parse(
        _ format: ParseReport.Format,
        detail: ParseReport.Detail = .messages,
        _ play: (HandMadeSession) -> Void
    ) -> CapturedOutput {
        let output = CapturedOutput()
        let report = ParseReport(output: output, format: format, detail: detail)
        play(HandMadeSession(1, report))
        report.end()
        return output
    }

    private func append(_ session: HandMadeSession) {
        let literal = String(repeating: "x", count: 300)
        session.send(.client, "a APPEND b {300}\r\n\(literal)\r\n", at: 0, literals: [300])
    }

    @Test(arguments: [
        (ParseReport.Detail.lines, 1, 0), (.messages, 3, 60), (.previews, 5, 256), (.everything, 4, 300),
    ])
    func `each detail shows more of a literal`(detail: ParseReport.Detail, lines: Int, shown: Int) {
        let output = self.parse(.text, detail: detail, self.append)
        #expect(output.lines.count == lines)
        #expect(output.lines.joined().count { $0 == "x" } == shown)
        #expect(output.lines.joined().contains("uploads") == (detail > .lines))
    }

    @Test func `the lowest detail is one line with the totals`() {
        let lines = self.parse(.text, detail: .totals, self.play).lines
        #expect(lines == ["2 messages (1 command, 1 unparsed) · 26 octets · 2 findings"])
    }

    @Test(arguments: ParseReport.Detail.allCases)
    func `JSON lines are the same at every detail`(detail: ParseReport.Detail) {
        #expect(self.parse(.jsonLines, detail: detail, self.play).lines == self.parse(.jsonLines, self.play).lines)
    }

    private func play(_ session: HandMadeSession) {
        session.send(.client, "a LOGIN u {6}\r\nhunter\r\n", at: 0, literals: [6], secrets: ["hunter"]) {
            $0.findings = [finding("one", .low, "First")]
        }
        session.event(.finding(finding("two", .high, "Between"), time: HandMadeSession.time(0)))
        session.send(.client, octets: [0x1B, 0xFF, 0x0A], at: 0, kind: .unparsed) {
            $0.quirks = [.bareLF]
            $0.complete = false
        }
    }

    @Test func `each message is one object, with the findings up to the next`() throws {
        let objects = try self.parse(.jsonLines, self.play).lines.map(JSONValue.parse)
        #expect(objects.count == 2)
        #expect(objects[0]["offset"] == .number(0))
        #expect(objects[0]["length"] == .number(23))
        #expect(objects[0]["kind"] == .string("command"))
        #expect(objects[0]["tag"] == .string("a"))
        #expect(objects[0]["name"] == .string("LOGIN"))
        #expect(objects[0]["complete"] == .bool(true))
        #expect(objects[0]["text"] == .string(#"a LOGIN u {6}\x0D\x0A‹masked›"#))
        #expect(objects[0]["findings"]?.array?.compactMap { $0["id"]?.string } == ["one", "two"])
        #expect(objects[0]["findings"]?.array?.last?["severity"] == .string("high"))
        #expect(objects[1]["offset"] == .number(23))
        #expect(objects[1]["tag"] == .null)
        #expect(objects[1]["text"] == .string(#"\x1B\xFF"#))
        #expect(objects[1]["quirks"] == .array([.string("bare-lf")]))
        #expect(objects[1]["complete"] == .bool(false))
        #expect(objects[1]["findings"] == .array([]))
    }

    @Test func `a flush never cuts an object`() throws {
        let output = CapturedOutput()
        let report = ParseReport(output: output, format: .jsonLines)
        let session = HandMadeSession(1, report)
        for _ in 0..<3 {
            session.send(.client, "a NOOP\r\n", at: 0)
            report.flush()
        }
        report.finish()
        #expect(try output.lines.map(JSONValue.parse).count == 3)
    }

    @Test func `text has offsets in the place of times`() {
        let lines = self.parse(.text, self.play).lines
        #expect(lines[0] == "      0 C: a LOGIN u {6}")
        #expect(lines.contains("           two high · Between") == false)
        #expect(lines.contains("           Between (RFC 9051 section 7)"))
        #expect(lines.contains(#"     23 C: \x1B\xFF"#))
        #expect(!lines.contains { $0.contains("hunter") })
    }
}
