import SASL
import Testing
import Traffic

@Suite struct SASLprepTests {
    // RFC 4013 section 3, and non-ASCII space (RFC 3454 table C.1.2) to space.
    @Test(arguments: [
        ("I\u{AD}X", "IX"), ("user", "user"), ("USER", "USER"), ("\u{AA}", "a"), ("\u{2168}", "IX"), ("", ""),
        ("a\u{A0}b", "a b"), ("p\u{E4}ss", "p\u{E4}ss"), ("pa\u{308}ss", "p\u{E4}ss"),
        (
            "\u{FDFA}",
            "\u{635}\u{644}\u{649} \u{627}\u{644}\u{644}\u{647} \u{639}\u{644}\u{64A}\u{647} "
                + "\u{648}\u{633}\u{644}\u{645}"
        ),
        ("\u{1F511}", "\u{1F511}"),
    ])
    func `text is prepared as RFC 4013 says`(text: String, expected: String) throws {
        let prepared: String = try SASLprep.prepare(text)
        #expect(Array(prepared.utf8) == Array(expected.utf8))
    }

    @Test(arguments: [
        ("\u{7}", SASLprepError.prohibitedCharacter), ("a\u{0}b", .prohibitedCharacter),
        ("\u{627}1", .bidirectionalText), ("\u{E000}", .prohibitedCharacter),
    ])
    func `text without a prepared form is refused`(text: String, error: SASLprepError) {
        #expect(throws: error) { let _: String = try SASLprep.prepare(text) }
    }

    @Test(arguments: [[0xff], [0x70, 0xe4, 0x73], [0xed, 0xa0, 0x80], [0xc0, 0x80]] as [[UInt8]])
    func `octets that are not UTF-8 are refused`(bytes: [UInt8]) {
        #expect(throws: SASLprepError.notUTF8) { try SASLprep.prepare(bytes) }
    }

    @Test func `a stored string may not have code points that Unicode 3_2 lacks`() throws {
        #expect(throws: SASLprepError.unassignedCodePoint) {
            let _: String = try SASLprep.prepare("\u{1F511}", for: .stored)
        }
    }

    @Test func `a secret is prepared into a secret`() throws {
        let prepared: Secret = try SASLprep.prepare(Secret("I\u{AD}X"))
        #expect(prepared.equals(Secret("IX")))
    }
}
