import IMAPWire
import Traffic

/// Building the tree, and noting what does not follow the grammar.
extension SyntaxParser {
    /// Begins a node at `offset`; what is added until ``close(_:)`` stands below it.
    @inline(__always)
    mutating func open(_ production: Production, at offset: Int) -> Int {
        let index = self.tree.nodes.count
        self.tree.nodes.append(
            SyntaxNode(
                production: production,
                form: .inner,
                marks: [],
                start32: UInt32(truncatingIfNeeded: offset),
                length32: 0,
                end32: UInt32(truncatingIfNeeded: index + 1),
                number: 0
            )
        )
        return index
    }

    /// Ends a node behind the last token taken.
    @inline(__always)
    mutating func close(_ index: Int) {
        let count = self.tree.nodes.count
        let end = self.lastEnd
        let start = Int(self.tree.nodes[index].start32)
        if end < start {
            // Nothing of it was there: it stands, empty, behind what was.
            self.tree.nodes[index].start32 = UInt32(truncatingIfNeeded: end)
        } else {
            self.tree.nodes[index].length32 = UInt32(truncatingIfNeeded: end - start)
        }
        self.tree.nodes[index].end32 = UInt32(truncatingIfNeeded: count)
    }

    /// Adds a node for the token and takes it.
    @inline(__always)
    mutating func leaf(
        _ production: Production,
        _ form: SyntaxNode.Form,
        number: UInt64 = 0,
        marks: SyntaxNode.Marks = [],
        _ text: RawSpan
    ) {
        let index = self.tree.nodes.count
        self.tree.nodes.append(
            SyntaxNode(
                production: production,
                form: form,
                marks: marks,
                start32: UInt32(truncatingIfNeeded: self.token.offset),
                length32: UInt32(truncatingIfNeeded: self.token.length),
                end32: UInt32(truncatingIfNeeded: index + 1),
                number: number
            )
        )
        self.advance(text)
    }

    /// Adds a node for a range of the text that is not a token.
    mutating func leaf(
        _ production: Production,
        range: Range<Int>,
        form: SyntaxNode.Form = .atom,
        number: UInt64 = 0,
        marks: SyntaxNode.Marks = []
    ) {
        let index = self.tree.nodes.count
        self.tree.nodes.append(
            SyntaxNode(
                production: production,
                form: form,
                marks: marks,
                start32: UInt32(truncatingIfNeeded: range.lowerBound),
                length32: UInt32(truncatingIfNeeded: range.count),
                end32: UInt32(truncatingIfNeeded: index + 1),
                number: number
            )
        )
        self.lastEnd = max(self.lastEnd, range.upperBound)
    }

    /// A node with what `body` adds below it; it begins at the token.
    mutating func node(_ production: Production, _ text: RawSpan, _ body: (inout SyntaxParser, RawSpan) -> Void) {
        let index = self.open(production, at: self.tokenBegin(text))
        self.current = production
        body(&self, text)
        self.close(index)
    }

    /// A node for the keyword that comes next, with what `body` adds behind it.
    mutating func keyword(_ production: Production, _ text: RawSpan, _ body: (inout SyntaxParser, RawSpan) -> Void) {
        self.node(production, text) { parser, text in
            parser.advance(text)
            body(&parser, text)
        }
    }

    /// A node for the keyword that comes next.
    mutating func keyword(_ production: Production, _ text: RawSpan) {
        self.leaf(production, .inner, text)
    }

    mutating func mark(_ index: Int, _ marks: SyntaxNode.Marks) {
        guard index < self.tree.nodes.count else { return }
        self.tree.nodes[index].marks.formUnion(marks)
    }

    // MARK: - What does not follow the grammar

    /// Notes that the token is not what the grammar asks for.
    mutating func unexpected(_ expected: Production, _ text: RawSpan) {
        let found: SyntaxProblem.Found =
            switch self.token.kind {
            case .lineEnd: .endOfLine
            case .listOpen: .openParenthesis
            case .listClose: .closeParenthesis
            case .atom, .section: .atom
            case .quoted: .quoted
            case .literal: .literal
            case .unterminatedQuoted: .unterminatedQuoted
            case .stray: .octet(self.token.offset < text.byteCount ? text[self.token.offset] : 0)
            }
        self.problem(expected, at: self.tokenBegin(text), found)
    }

    mutating func problem(_ expected: Production, at offset: Int, _ found: SyntaxProblem.Found) {
        if found == .endOfLine, self.context.isTruncated { return }
        guard self.tree.problems.count < self.limits.problems else { return }
        self.tree.problems.append(SyntaxProblem(offset: offset, expected: expected, found: found))
    }

    /// Notes a deviation that is accepted.
    mutating func tolerate(_ tolerance: Tolerance, at offset: Int, _ production: Production? = nil) {
        self.tree.toleranceKinds.insert(ToleranceSet(tolerance))
        guard self.tree.tolerances.count < self.limits.tolerances else { return }
        self.tree.tolerances.append(
            ToleratedDeviation(tolerance, offset: offset, production: production ?? self.current)
        )
    }

    /// Notes a deviation of the token, whose node gets the mark.
    mutating func tolerate(_ tolerance: Tolerance, _ production: Production, _ text: RawSpan) -> SyntaxNode.Marks {
        self.tolerate(tolerance, at: self.tokenBegin(text), production)
        return .tolerated
    }
}
