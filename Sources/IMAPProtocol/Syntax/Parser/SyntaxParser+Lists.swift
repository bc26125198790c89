import IMAPWire
import Traffic

/// Parenthesized lists.
extension SyntaxParser {
    /// A list whose members `member` reads.
    ///
    /// Members may be none; where the grammar wants one, ``list1(_:_:_:)`` says so. NIL and a member without parentheses
    /// are accepted deviations.
    mutating func list(
        _ production: Production,
        _ text: RawSpan,
        _ member: (inout SyntaxParser, RawSpan) -> Void
    ) {
        if self.token.kind != .listOpen {
            if self.atClose {
                self.unexpected(production, text)
            } else if self.isNil(text) {
                let marks = self.tolerate(.nilForList, production, text)
                self.leaf(production, .nil, marks: marks, text)
            } else {
                let marks = self.tolerate(.bareListMember, production, text)
                let index = self.open(production, at: self.tokenBegin(text))
                self.mark(index, marks)
                self.step(text, member)
                self.close(index)
            }
            return
        }
        guard let index = self.openList(production, text) else { return }
        while !self.atClose { self.step(text, member) }
        self.closeList(index, text)
    }

    /// A list with at least one member.
    mutating func list1(
        _ production: Production,
        _ text: RawSpan,
        _ member: (inout SyntaxParser, RawSpan) -> Void
    ) {
        let index = self.tree.nodes.count
        let begin = self.token.offset
        self.list(production, text, member)
        guard index < self.tree.nodes.count, self.tree.nodes[index].end == index + 1,
            self.tree.nodes[index].form == .inner
        else { return }
        self.tolerate(.emptyList, at: begin, production)
        self.mark(index, .tolerated)
    }

    /// Begins a list at its parenthesis; nil when lists nest too deep, and then the list is taken raw.
    mutating func openList(_ production: Production, _ text: RawSpan) -> Int? {
        guard self.depth < self.limits.nesting else {
            self.problem(production, at: self.token.offset, .nesting(limit: self.limits.nesting))
            self.rawList(text)
            return nil
        }
        self.depth += 1
        let index = self.open(production, at: self.token.offset)
        self.advance(text)
        return index
    }

    /// Ends a list; members that nobody expects are noted and kept.
    mutating func closeList(_ index: Int, _ text: RawSpan) {
        self.depth -= 1
        if self.token.kind == .listClose {
            self.advance(text)
        } else {
            self.closeOddList(index, text)
        }
        self.close(index)
    }

    private mutating func closeOddList(_ index: Int, _ text: RawSpan) {
        if !self.atEnd {
            self.unexpected(.closeParenthesis, text)
            self.mark(index, .unexpected)
            self.genericRest(text)
        }
        if self.token.kind == .listClose {
            self.advance(text)
        } else {
            self.unexpected(.closeParenthesis, text)
            self.mark(index, .cut)
        }
    }

    /// A member; a reader that took nothing must not stop the list.
    @inline(__always)
    mutating func step(_ text: RawSpan, _ member: (inout SyntaxParser, RawSpan) -> Void) {
        let before = self.token
        member(&self, text)
        if self.token.offset == before.offset, self.token.kind == before.kind, !self.atClose { self.generic(text) }
    }

    /// A list with all that is in it as one range, without descending.
    private mutating func rawList(_ text: RawSpan) {
        let begin = self.token.offset
        var open = 0
        repeat {
            if self.token.kind == .listOpen { open += 1 }
            if self.token.kind == .listClose { open -= 1 }
            self.advance(text)
        } while open > 0 && !self.atEnd
        self.leaf(.raw, range: begin..<self.lastEnd, marks: .unexpected)
    }
}
