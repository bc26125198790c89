import IMAPWire
import Traffic

/// What nobody documented keeps its structure: how many arguments, of which form.
extension Annotator {
    /// ` with an atom, a string and a list of 3`, or nothing when there are no arguments.
    ///
    /// Takes everything to the end of the message.
    mutating func shapes(_ text: RawSpan) {
        let count = self.countValues(text)
        guard count > 0 else { return }
        self.prose.add(" with ")
        if count > 4 {
            self.prose.counted(UInt64(count), "argument", "arguments")
            return
        }
        var enumeration = Enumeration(count: count)
        while enumeration.advance(&self.prose), self.shape(text) {}
    }

    /// Takes one value and tells its form: `a list of 3`, `the number 5`, `a string`; false when there is none.
    mutating func shape(_ text: RawSpan) -> Bool {
        guard let token = self.peek(text), token.kind != .listClose else { return false }
        switch token.kind {
        case .listOpen:
            _ = self.take(.listOpen, text)
            let count = self.countValues(text)
            self.skipList(text)
            if count == 0 {
                self.prose.add("an empty list")
            } else {
                self.prose.add("a list of ")
                self.prose.quantity(UInt64(count))
            }
            return true
        case .quoted, .unterminatedQuoted: self.prose.add("a string")
        case .literal:
            self.prose.add("a literal of ")
            self.prose.counted(self.literalSize(token, text), "octet", "octets")
        case .section: self.prose.add("a section")
        default:
            if self.isNil(token, text) {
                self.prose.add("NIL")
            } else if text.number(token.range) != nil {
                self.prose.add("the number ")
                self.bare(text, token.range)
            } else {
                self.prose.add("the atom ")
                self.bare(text, token.range)
            }
        }
        return self.skipValue(text)
    }

    /// `unknown FETCH item X-FOO`
    mutating func unknown(_ what: StaticString, _ text: RawSpan, _ name: Range<Int>) {
        self.prose.add("unknown ")
        self.prose.add(what)
        self.bare(text, name)
    }
}
