import IMAPProtocol
import IMAPWire
import Testing
import Traffic

/// Inputs that fuzzers found.
@Suite("Messages that fuzzers found")
struct FuzzRegressionTests {
    @Test(
        "a parenthesis that closes nothing does not hold the parser up",
        arguments: ["a1 STORE 7 FLAGS a) b\r\n", "a1 STORE 7 FLAGS )\r\n", "a1 STORE 7 X-GM-LABELS )) x\r\n"]
    )
    func strayParenthesis(line: String) {
        var parser = SyntaxParser()
        let octets = Array(line.utf8)
        parser.parse(octets.span.bytes, as: .command)
        #expect(!parser.tree.problems.isEmpty)
    }
}
