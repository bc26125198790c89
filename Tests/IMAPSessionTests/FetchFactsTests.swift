import IMAPWire
import Testing
import Traffic

@testable import IMAPSession

private struct Line: Sendable, CustomTestStringConvertible {
    var text: String
    var uid: UInt64?
    var modSequence: UInt64?
    var flags: String?
    var testDescription: String { self.text }

    init(_ text: String, uid: UInt64? = nil, modSequence: UInt64? = nil, flags: String? = nil) {
        self.text = text
        self.uid = uid
        self.modSequence = modSequence
        self.flags = flags
    }
}

private let lines: [Line] = [
    Line("(UID 17 FLAGS (\\Seen $x) MODSEQ (65))", uid: 17, modSequence: 65, flags: "\\Seen $x"),
    Line("(flags () uid 4294967296)", uid: 4_294_967_296, flags: ""),
    Line("(UID 19436 )", uid: 19436),
    Line("(FLAGS (\\Seen)  RFC822.SIZE 3797 UID 5)", uid: 5, flags: "\\Seen"),
    Line("(MODSEQ (-1) UID 3)", uid: 3, modSequence: 0),
    Line("(INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" UID 8)", uid: 8),
    Line("(INTERNALDATE \"UID 9 \\\" UID 10\" UID 8)", uid: 8),
    Line("(ENVELOPE (\"a (UID 3)\" NIL ((\"x\" NIL \"y\" \"z\"))) UID 8)", uid: 8),
    Line("(BODY[HEADER.FIELDS (SUBJECT \"]\")]<0> \"UID 3)\" UID 8 FLAGS ())", uid: 8, flags: ""),
    Line("(BODY[] {7}|UID 3) UID 8 FLAGS (\\Seen))", uid: 8, flags: "\\Seen"),
    // A literal may say anything, even at the end of the line.
    Line("(BODY[] {8}|x UID 3))", uid: nil),
    Line("(BODY[] {5}|UID 3)", uid: nil),
    Line("(BODY[] {7}|x UID 3)", uid: nil),
    Line("(BODY[] {0}| UID 3)", uid: 3),
    Line("(RFC822.HEADER ~{3}|UID UID 12)", uid: 12),
    Line(
        "(BODYSTRUCTURE ((\"text\" \"plain\" (\"charset\" {5}|UID 9) NIL NIL \"7bit\" 3 1) \"mixed\") UID 12 X 1)",
        uid: 12
    ),
    Line("((UID 7 FLAGS ()))", uid: 7, flags: ""),
    Line("(X-UNKNOWN 5 UID 6)", uid: 6),
    Line("(X-LIST (UID 5) UID 6)", uid: 6),
    Line("(UID 18446744073709551616)", uid: nil),
    Line("(UID)", uid: nil),
    Line("()", uid: nil),
    Line("(", uid: nil),
    Line("", uid: nil),
    Line("(BODY[", uid: nil),
    Line("(UID x) UID 4", uid: nil),
    Line("(X {9999999999}|ab", uid: nil),
    Line("(X \"abc", uid: nil),
    Line("(X (((((", uid: nil),
]

@Suite("what a session reads of FETCH")
struct FetchFactsTests {
    private func facts(_ text: String, expectsUID: Bool = true) -> FetchFacts {
        let octets = Array("* 1 FETCH \(text)|".replacing("|", with: "\r\n").utf8)
        var framer = Framer(direction: .server)
        var cursor = 0
        var literals: [LiteralRecord] = []
        if case .message(let frame) = framer.next(in: octets.span.bytes, cursor: &cursor) { literals = frame.literals }
        return FetchFacts(
            octets.span.bytes,
            from: 10,
            literals: literals,
            literalPrefix: WireLimits.standard.literalPrefix,
            expectsUID: expectsUID
        )
    }

    @Test(arguments: lines)
    fileprivate func `the items are found, and nothing in strings is`(line: Line) {
        let facts = self.facts(line.text)
        #expect(facts.uid == line.uid)
        #expect(facts.modSequence == line.modSequence)
        let octets = Array("* 1 FETCH \(line.text)".replacing("|", with: "\r\n").utf8)
        #expect(facts.flags.map { String(decoding: octets[$0], as: UTF8.self) } == line.flags)
    }

    @Test
    func `structures behind the UID are not looked at`() {
        let structure = String(repeating: "(\"text\" \"plain\" NIL)", count: 1000)
        #expect(self.facts("(UID 3 FLAGS () BODYSTRUCTURE (\(structure)))").scanned < 60)
        #expect(self.facts("(FLAGS () BODYSTRUCTURE (\(structure)))", expectsUID: false).scanned < 60)
        let atEnd = self.facts("(BODYSTRUCTURE (\(structure)) UID 77)")
        #expect(atEnd.uid == 77)
        #expect(atEnd.scanned < 60)
    }

    @Test
    func `nesting of any depth ends`() {
        let deep = String(repeating: "(", count: 100_000)
        #expect(self.facts("(X \(deep)").uid == nil)
    }
}
