import Testing

@testable import IMAPProtocol

struct WordSearchTests {
    private static let search = WordSearch(["IMAP4rev1", "MAP", "Dovecot", "ot"])

    @Test(
        arguments: [
            ("", []),
            ("D", []),
            ("Dovecot", ["Dovecot 0", "ot 5"]),
            ("* OK IMAP4rev1 MAP", ["IMAP4rev1 5", "MAP 6", "MAP 15"]),
            ("imap4REV1 DOVECOT", []),
            ("IMAP4rev", ["MAP 1"]),
        ] as [(String, [String])]
    )
    func `words are found where they stand, in their spelling`(text: String, places: [String]) {
        let names = ["IMAP4rev1", "MAP", "Dovecot", "ot"]
        var found: [String] = []
        Self.search.find(in: text.utf8.span.bytes, 0..<text.utf8.count) { found.append("\(names[$0]) \($1)") }
        #expect(found == places)
    }

    @Test
    func `offsets count from the beginning of the text, and nothing beyond the range is found`() {
        let text = "MAP MAP MAP"
        var found: [Int] = []
        Self.search.find(in: text.utf8.span.bytes, 2..<10) { found.append($1) }
        #expect(found == [4])
    }

    @Test
    func `no word of the tables is too short to be found`() {
        #expect(Quirk.textMarks.allSatisfy { $0.text.utf8CodeUnitCount > 1 })
    }
}
