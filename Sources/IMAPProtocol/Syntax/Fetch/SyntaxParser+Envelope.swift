import IMAPWire
import Traffic

/// ENVELOPE (RFC 3501 section 7.4.2, RFC 9051 section 7.5.2).
extension SyntaxParser {
    /// The ten fields; the node is open, its list comes next.
    mutating func envelopeFields(_ text: RawSpan) {
        guard self.token.kind == .listOpen else { return self.oddList(.envelope, text) }
        self.depth += 1
        self.advance(text)
        self.nstring(.envDate, text)
        self.nstring(.envSubject, text)
        self.addresses(.envFrom, text)
        self.addresses(.envSender, text)
        self.addresses(.envReplyTo, text)
        self.addresses(.envTo, text)
        self.addresses(.envCc, text)
        self.addresses(.envBcc, text)
        if !self.lacks(.envInReplyTo) { self.nstring(.envInReplyTo, text) }
        if !self.lacks(.envMessageId) { self.nstring(.envMessageId, text) }
        self.endFields(.envelope, text)
    }

    /// Whether a list ends before a field that belongs in it, which is an accepted deviation.
    mutating func lacks(_ field: Production) -> Bool {
        guard self.token.kind == .listClose else { return false }
        self.tolerate(.missingField, at: self.token.offset, field)
        return true
    }

    /// The parenthesis that closes a list whose node somebody else ends.
    mutating func endFields(_ production: Production, _ text: RawSpan) {
        self.depth -= 1
        if self.token.kind == .listClose {
            self.advance(text)
            return
        }
        self.unexpected(.closeParenthesis, text)
        self.genericRest(text)
        if self.token.kind == .listClose { self.advance(text) }
    }

    /// What stands where a list should, NIL or something else.
    mutating func oddList(_ production: Production, _ text: RawSpan) {
        if self.atClose {
            self.unexpected(production, text)
        } else if self.isNil(text) {
            self.tolerate(.nilForList, at: self.token.offset, production)
            self.leaf(.nil, .nil, marks: .tolerated, text)
        } else {
            self.unexpected(production, text)
            self.generic(text)
        }
    }

    /// A field that is no list: NIL for none, a deviation where `tolerance` is given, or something else.
    mutating func noList(_ production: Production, nil tolerance: Tolerance? = nil, _ text: RawSpan) {
        guard self.isNil(text) else { return self.misplaced(production, text) }
        var marks: SyntaxNode.Marks = []
        if let tolerance { marks = self.tolerate(tolerance, production, text) }
        self.leaf(production, .nil, marks: marks, text)
    }

    /// `NIL`, or addresses without a space between them.
    private mutating func addresses(_ production: Production, _ text: RawSpan) {
        guard self.token.kind == .listOpen else {
            if !self.lacks(production) { self.noList(production, text) }
            return
        }
        guard let index = self.openList(production, text) else { return }
        if self.token.kind == .listClose {
            self.tolerate(.emptyListForNil, at: self.token.offset - 1, production)
            self.mark(index, .tolerated)
            self.tree.nodes[index].form = .nil
        }
        while !self.atClose {
            if self.token.spaceBefore, self.lastKind == .listClose {
                self.tolerate(.spaceBetweenAddresses, at: self.lastEnd, production)
            }
            self.address(text)
        }
        self.closeList(index, text)
    }

    private mutating func address(_ text: RawSpan) {
        // A NIL in a list of addresses (SmarterMail).
        guard self.token.kind == .listOpen else { return self.noList(.address, nil: .nilForList, text) }
        guard let index = self.openList(.address, text) else { return }
        self.nstring(.addrName, text)
        self.nstring(.addrAdl, text)
        self.nstring(.addrMailbox, text)
        self.nstring(.addrHost, text)
        self.closeList(index, text)
    }
}
