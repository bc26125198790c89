import IMAPProtocol

/// The capabilities of the last list that the server sent.
public struct CapabilityList: Sendable, Hashable {
    /// The words in capitals, in the server's order.
    public let words: [String]
    /// Whether the server knows IMAP4rev2 and no older revision.
    let isRevision2Only: Bool

    public init(words: [String] = []) {
        self.words = words
        self.isRevision2Only = words.contains("IMAP4REV2") && !words.contains("IMAP4REV1")
    }

    /// Reads the words of `range`, separated by any number of spaces.
    public init(_ text: RawSpan, _ range: Range<Int>) {
        let words = text.uppercased(range).split { $0 == " " || $0 == "\r" || $0 == "\n" }
        self.init(words: words.map(String.init))
    }

    public var isEmpty: Bool { self.words.isEmpty }

    public func contains(_ word: String) -> Bool { self.words.contains(word) }
}
