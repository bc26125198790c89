import IMAPProtocol
import Reporting
import Testing

@testable import Commands

@Suite struct ExplanationTests {
    @Test func `a block says what, how, where and what belongs to it`() {
        let text = ExplanationText(isColored: false, width: 100)
        #expect(
            Explanation.all(for: "copyuid").map(text.block) == [
                """
                COPYUID  response code
                  UIDs of the copies
                  shape    "[" COPYUID SP nz-number SP uid-set SP uid-set "]"
                  defined  RFC 4315 section 3 (UIDPLUS); RFC 9051 section 7.1
                  remark   UIDVALIDITY of the target, UIDs here, UIDs there, in the same order
                  needs    UIDPLUS
                  related  COPY, MOVE, UIDVALIDITY

                """
            ]
        )
    }

    @Test(arguments: [40, 60, 100]) func `no line is wider than the terminal, but for long words`(width: Int) {
        let text = ExplanationText(isColored: false, width: width)
        for row in Registry.rows {
            for line in text.block(Explanation(row)).split(separator: "\n") where line.count > width {
                #expect(line.split(separator: " ").contains { $0.count + 11 > width } || line.first != " ", "\(line)")
            }
        }
    }

    @Test func `colours change nothing else`() {
        let plain = ExplanationText(isColored: false, width: 80)
        let colored = ExplanationText(isColored: true, width: 80)
        for row in Registry.rows {
            let block = colored.block(Explanation(row)).replacing("\u{1B}[0m", with: "").replacing(
                "\u{1B}[1m",
                with: ""
            )
            .replacing("\u{1B}[2m", with: "")
            #expect(block == plain.block(Explanation(row)))
        }
    }

    @Test(arguments: [("FLAGGED", ["SEARCH key", "flag", "mailbox attribute"]), ("bare-lf", ["quirk"])])
    func `a name is explained in each sense`(name: String, kinds: [String]) {
        #expect(Explanation.all(for: name).map(\.kind) == kinds)
    }

    @Test func `JSON escapes quotes, controls and what turns text round`() {
        #expect(JSONText.string("a\"\\\n\u{202E}é") == #""a\"\\\u000a\u202eé""#)
    }

    @Test func `a word that is no slip is not repeated, for it may be a password`() throws {
        let unknown = UnknownName("hunter2-Xq9", at: 1)
        #expect(unknown.suggestions.isEmpty)
        let failure = try #require(UnknownName.failure([unknown], of: 1))
        #expect(!failure.summary.contains("hunter2"))
        #expect(failure.advice?.contains("hunter2") == false)
        #expect(failure.exitCode == .dataError)
        #expect(UnknownName("COPYUDI", at: 1).suggestions.first == "COPYUID")
        #expect(UnknownName("permanentflag", at: 1).suggestions.contains("PERMANENTFLAGS"))
    }

    @Test(arguments: ["capabilities", "SEARCH-KEYS", "search key", "quirks", "flag", "enable_names"])
    func `kinds can be named as people write`(word: String) throws {
        _ = try NameList(kinds: [word])
    }

    @Test func `an unknown kind is a wrong command line`() {
        #expect(Program.run(["explain", "--list", "nonsense"]) == 64)
    }

    @Test func `a shell completes names that it would not take apart`() {
        #expect(NameList.completions.contains("COPYUID"))
        #expect(NameList.completions.contains("THREAD=REFS"))
        #expect(NameList.completions.allSatisfy { !$0.contains { " \\$*(){}[]<>;&|'\"".contains($0) } })
    }
}
