import IMAPProtocol
import Testing

/// Parses a line, which gets a line end, and shows what was found.
enum Syntax {
    /// `{n}` and its line end are part of `line`, as are the literal's octets.
    static func octets(_ line: String) -> [UInt8] { Array((line + "\r\n").utf8) }

    static func parse(
        _ octets: [UInt8],
        _ sentence: Sentence,
        context: SyntaxContext = SyntaxContext(),
        limits: SyntaxLimits = .standard
    ) -> SyntaxTree {
        var parser = SyntaxParser(limits: limits)
        parser.parse(octets.span.bytes, as: sentence, context: context)
        return parser.tree
    }

    /// The tree, then what is wrong, then what was accepted.
    static func show(_ line: String, _ sentence: Sentence) -> String {
        let octets = Syntax.octets(line)
        let tree = Syntax.parse(octets, sentence)
        var result = tree.description(octets.span.bytes)
        for problem in tree.problems {
            result += " !\(problem.offset) expected \(problem.expected.name) found \(problem.found.phrase)"
        }
        for deviation in tree.tolerances { result += " ?\(deviation.offset) \(deviation.tolerance.name)" }
        return result
    }
}

/// Octets that stand between nodes and belong to none: all others are kept by a node.
enum Separators {
    private static let octets = Set(" ()\"[]<>.\r\n\\\0".utf8)

    /// The first octet that no node keeps, or nil when nothing is lost and children lie within their parents in order.
    static func lost(_ tree: SyntaxTree, _ text: [UInt8]) -> String? {
        var kept = [Bool](repeating: false, count: text.count)
        for index in tree.nodes.indices {
            let node = tree[index]
            guard node.range.upperBound <= text.count else { return "node \(index) ends behind the text" }
            guard node.end > index, node.end <= tree.nodes.count else { return "node \(index) has no end" }
            if node.end == index + 1 {
                for position in node.range { kept[position] = true }
                continue
            }
            // The keyword that a node with children begins with.
            for position in node.range {
                if self.octets.contains(text[position]), text[position] != UInt8(ascii: ".") { break }
                kept[position] = true
            }
            var last = node.range.lowerBound
            for child in tree.children(of: index) {
                let range = tree[child].range
                guard range.lowerBound >= last, range.upperBound <= node.range.upperBound else {
                    return "\(tree[child].production) at \(range) is not within \(node.production) at \(node.range)"
                }
                last = range.upperBound
            }
        }
        self.keepAnnouncements(text, &kept)
        for position in text.indices where !kept[position] && !self.octets.contains(text[position]) {
            return "octet \(position) is in no node"
        }
        return nil
    }

    /// `~{12+}` before a line end.
    private static func keepAnnouncements(_ text: [UInt8], _ kept: inout [Bool]) {
        for end in text.indices where text[end] == 0x0A {
            var index = end - 1
            if index >= 0, text[index] == 0x0D { index -= 1 }
            guard index >= 0, text[index] == UInt8(ascii: "}") else { continue }
            kept[index] = true
            index -= 1
            if index >= 0, text[index] == UInt8(ascii: "+") {
                kept[index] = true
                index -= 1
            }
            while index >= 0, text[index] &- 0x30 < 10 {
                kept[index] = true
                index -= 1
            }
            guard index >= 0, text[index] == UInt8(ascii: "{") else { continue }
            kept[index] = true
            if index > 0, text[index - 1] == UInt8(ascii: "~") { kept[index - 1] = true }
        }
    }
}
