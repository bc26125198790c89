import IMAPProtocol
import Traffic

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
        var words: [String] = []
        var start = range.lowerBound
        for index in range {
            let octet = text[index]
            guard octet == 0x20 || octet == 0x0D || octet == 0x0A else { continue }
            if start < index { words.append(text.uppercased(start..<index)) }
            start = index + 1
        }
        if start < range.upperBound { words.append(text.uppercased(start..<range.upperBound)) }
        self.init(words: words)
    }

    public var isEmpty: Bool { self.words.isEmpty }

    public func contains(_ word: String) -> Bool { self.words.contains(word) }
}
