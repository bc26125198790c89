import Testing
import Traffic

@testable import Commands

@Suite struct ExplainInputTests {
    @Test(arguments: [
        ("COPYUID", ExplainInput.word("COPYUID")),
        ("uid fetch", .word("uid fetch")),
        ("BODY[HEADER.FIELDS (DATE)]", .word("BODY[HEADER.FIELDS (DATE)]")),
        ("a1 UID FETCH 1:* (FLAGS)", .line("a1 UID FETCH 1:* (FLAGS)", .client)),
        ("* 12 EXISTS", .line("* 12 EXISTS", .server)),
        ("+ idling", .line("+ idling", .server)),
        ("+", .word("+")),
        ("a1 OK done", .line("a1 OK done", .server)),
        ("a1 no", .line("a1 no", .server)),
        ("C: a1 OK", .line("a1 OK", .client)),
        ("  S: hello there", .line("hello there", .server)),
        ("hello there", .line("hello there", .client)),
        ("bare-lf", .word("bare-lf")),
    ])
    func `a name and a line are told apart, and who sent it`(text: String, input: ExplainInput) {
        #expect(ExplainInput(text, source: nil) == input)
    }

    @Test func `the option decides about lines that do not show who sent them`() {
        #expect(ExplainInput("hello there", source: .server) == .line("hello there", .server))
        #expect(ExplainInput("FETCH", source: .server) == .word("FETCH"))
    }

    @Test(arguments: [
        (["FETCH", "STORE"], [ExplainInput.word("FETCH"), .word("STORE")]),
        (["UID", "FETCH"], [.word("UID FETCH")]),
        (["a1", "NOOP"], [.line("a1 NOOP", .client)]),
        (["a1", "uid", "fetch", "1", "FLAGS"], [.line("a1 uid fetch 1 FLAGS", .client)]),
        (["*", "12", "EXISTS"], [.line("* 12 EXISTS", .server)]),
        (["a1", "OK", "done"], [.line("a1 OK done", .server)]),
        (["nonsense", "FETCH"], [.line("nonsense FETCH", .client)]),
        (["FETCH", "nonsense"], [.word("FETCH"), .word("nonsense")]),
    ])
    func `a line that the shell took apart is put together`(arguments: [String], inputs: [ExplainInput]) {
        #expect(ExplainInput.inputs(arguments, source: nil) == inputs)
    }
}
