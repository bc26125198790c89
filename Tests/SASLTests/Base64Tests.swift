import SASL
import Testing

@Suite struct Base64Tests {
    // RFC 4648 section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func `the examples of RFC 4648 go both ways`(plain: String, text: String) throws {
        #expect(String(decoding: Base64.encode(Array(plain.utf8)), as: UTF8.self) == text)
        #expect(try Base64.decode(Array(text.utf8)) == Array(plain.utf8))
    }

    @Test func `all octets at all lengths come back`() throws {
        for length in 0...260 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 251 &+ length) }
            #expect(try Base64.decode(Base64.encode(bytes)) == bytes)
        }
    }

    @Test(arguments: [
        ("Zg", [Base64Problem.missingPadding], "f"),
        ("Zg=", [.missingPadding], "f"),
        ("Zm8", [.missingPadding], "fo"),
        ("Zg===", [.excessPadding(offset: 4)], "f"),
        ("Zm9v=", [.excessPadding(offset: 4)], "foo"),
        ("=", [.excessPadding(offset: 0)], ""),
        ("Zh==", [.nonZeroTrailingBits], "f"),
        ("Zm9=", [.nonZeroTrailingBits], "fo"),
        ("Zm9vZ", [.incompleteGroup], "foo"),
        ("Z===", [.incompleteGroup], ""),
        ("Zm 9v", [.badCharacter(offset: 2)], "foo"),
        ("Zm9v ", [.badCharacter(offset: 4)], "foo"),
        ("Zm-_", [.badCharacter(offset: 2), .missingPadding, .nonZeroTrailingBits], "f"),
        ("Zg==Zg==", [.paddingNotAtEnd(offset: 2)], "ff"),
        ("Zg=Zg==", [.paddingNotAtEnd(offset: 2), .missingPadding], "ff"),
        ("*?*?", [.badCharacter(offset: 0)], ""),
    ])
    func `malformed text is decoded as far as it goes and reported`(
        text: String,
        problems: [Base64Problem],
        plain: String
    ) {
        let decoded = Base64.decodeTolerantly(Array(text.utf8))
        #expect(Set(decoded.problems) == Set(problems))
        #expect(String(decoding: decoded.bytes, as: UTF8.self) == plain)
        #expect(throws: Base64Problem.self) { try Base64.decode(Array(text.utf8)) }
    }

    @Test func `a problem never quotes the text`() {
        for problem in Base64.decodeTolerantly(Array("hunter2!hunter2!".utf8)).problems {
            #expect(!problem.description.contains("!") && !problem.summary.contains("offset"))
        }
    }
}
