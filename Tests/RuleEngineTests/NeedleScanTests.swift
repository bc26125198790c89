import Testing

@testable import RuleEngine

@Suite struct NeedleScanTests {
    private static let words = ["NEEDLE", "$FORWARDED-BY-JOE", "{1234567}"]

    private static func mayContain(_ text: String) -> Bool {
        let scan = NeedleScan(self.words.map { Array($0.utf8) })
        return Array(text.utf8).withUnsafeBytes { scan.mayContain($0) }
    }

    @Test(arguments: Self.words)
    func `a word is found wherever it begins and ends`(word: String) {
        for before in 0..<9 {
            for behind in 0..<9 {
                for form in [word, word.lowercased()] {
                    let text = String(repeating: ".", count: before) + form + String(repeating: ".", count: behind)
                    #expect(Self.mayContain(text), "\(text)")
                }
            }
        }
    }

    @Test func `a usual response has none`() {
        #expect(!Self.mayContain("* 17 FETCH (FLAGS (\\Seen) UID 4711 RFC822.SIZE 4423)\r\n"))
        #expect(!Self.mayContain(""))
        #expect(!Self.mayContain("* 1 E"))
    }
}
