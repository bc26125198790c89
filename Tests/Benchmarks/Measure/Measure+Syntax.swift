import IMAPProtocol
import IMAPWire
import Traffic

/// The typed parse: framing and ``SyntaxParser``, a tree a message.
extension Measure {
    static let syntax: Work = { octets in
        var framer = Framer(direction: .server)
        var parser = SyntaxParser()
        var count: UInt64 = 0
        Measure.chunks(octets) { chunk in
            var cursor = 0
            while let frame = framer.next(in: chunk, cursor: &cursor) {
                guard case .message(let message) = frame else { continue }
                framer.withText(of: message, in: chunk) { parser.parse($0, as: .response) }
                count &+= UInt64(parser.tree.nodes.count)
            }
        }
        return count
    }

    /// Texts that a careless parser reads in quadratic time, in doubling sizes: nanoseconds an octet, which must not grow.
    static func doubling() {
        let families: [(name: String, head: String, piece: String)] = [
            ("nested lists", "* 1 FETCH (X ", "("), ("sequence set", "a FETCH ", "1:*,"),
            ("numbers", "* SEARCH ", "1 "),
            ("flags", "* 1 FETCH (FLAGS (", "\\Seen "), ("sections", "* 1 FETCH (", "BODY[ "),
            ("unescaped quotes", "* 1 FETCH (ENVELOPE (", "\"a\"b "), ("braces", "a XX ", "{1"),
            ("literals", "* METADATA a (", "/a ~{1}\r\na "), ("search keys", "a SEARCH ", "OR "),
            ("code brackets", "* OK [", "[\"("), ("body parts", "* 1 FETCH (BODY (", "(\"a\" \"b\" "),
        ]
        let sizes = [64, 128, 256, 512, 1024, 2048, 4096]
        print("# nanoseconds an octet; a text of KiB " + sizes.map(String.init).joined(separator: " "))
        for family in families {
            var row: [String] = []
            for size in sizes {
                let pieces = (size << 10) / family.piece.utf8.count
                let text = Array((family.head + String(repeating: family.piece, count: pieces) + "\r\n").utf8)
                let sentence: Sentence = family.head.hasPrefix("*") ? .response : .command
                var best = 0.0
                for _ in 0..<5 {
                    best = max(
                        best,
                        self.rate(
                            {
                                var parser = SyntaxParser()
                                parser.parse($0.span.bytes, as: sentence)
                                return UInt64(parser.tree.nodes.count)
                            },
                            text
                        )
                    )
                }
                row.append(self.hundredths(1000 / best))
            }
            print("\(family.name): " + row.joined(separator: " "))
        }
    }
}
