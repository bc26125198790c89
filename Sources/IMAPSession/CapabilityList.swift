import IMAPProtocol

/// The capabilities of the last list that the server sent.
public struct CapabilityList: Sendable, Hashable {
    /// The words in capitals, in the server's order.
    public var words: [String]

    public init(words: [String] = []) {
        self.words = words
    }

    /// Reads the words of `range`, separated by any number of spaces.
    public init(_ text: RawSpan, _ range: Range<Int>) {
        self.words = text.uppercased(range).split(whereSeparator: { $0 == " " || $0 == "\r" || $0 == "\n" }).map(
            String.init
        )
    }

    public var isEmpty: Bool { self.words.isEmpty }

    public func contains(_ word: String) -> Bool { self.words.contains(word) }
}
