import Traffic

extension SyntaxTree {
    /// The tree as one line: `(fetch-data (nz-number 1) (uid (uniqueid 17)))`. For tests and debugging; it holds octets of
    /// the message as they are.
    ///
    /// Of a literal the announced size is shown, `{310}`; marks stand behind a node's name: `?` for a tolerated deviation,
    /// `!` for something unexpected, `^` for an overflow, `-` for something cut off.
    public func description(_ text: RawSpan, from index: Int = SyntaxTree.root) -> String {
        var result = ""
        var ends: [Int] = []
        guard index < self.nodes.count else { return "" }
        for position in index..<self.nodes[index].end {
            while let end = ends.last, end <= position {
                result += ")"
                ends.removeLast()
            }
            let node = self.nodes[position]
            result += position == index ? "(" : " ("
            result += node.production.name
            if node.marks.contains(.tolerated) { result += "?" }
            if node.marks.contains(.unexpected) { result += "!" }
            if node.marks.contains(.overflow) { result += "^" }
            if node.marks.contains(.cut) { result += "-" }
            result += Self.value(node, text)
            ends.append(node.end)
        }
        return result + String(repeating: ")", count: ends.count)
    }

    private static func value(_ node: SyntaxNode, _ text: RawSpan) -> String {
        switch node.form {
        case .inner: ""
        case .atom: " " + self.string(node, text)
        case .quoted: " \"" + self.string(node, text) + "\""
        case .literal: " {\(node.number)}"
        case .literal8: " ~{\(node.number)}"
        case .nil: " NIL"
        }
    }

    private static func string(_ node: SyntaxNode, _ text: RawSpan) -> String {
        String(decoding: node.range.map { text[$0] }, as: UTF8.self)
    }
}
