import IMAPWire
import Traffic

// MARK: - FETCH

extension QuirkScanner {
    /// `n FETCH (item value …)`: reads every item as it is meant and says where the grammar was left.
    ///
    /// These are most of what servers send: a sound line is known fast, any other is read once, gaps between tokens
    /// included.
    mutating func fetch(_ text: RawSpan, _ line: ResponseHead, to end: Int, _ sightings: inout [QuirkSighting]) {
        if line.number == 0, line.response == .fetch { sightings.note(.messageNumberZero, at: 2) }
        if OddPairs.occur(in: text.extracting(0..<min(line.arguments, end))) {
            self.spacing(text, from: 0, to: min(line.arguments + 1, end), &sightings)
        }
        if SoundFetch.accepts(text, from: line.arguments, to: end) { return }
        var reader = FetchReader(tokenizer: self.tokenizer)
        reader.begin(at: line.arguments)
        reader.items(text)
        for sighting in reader.sightings { sightings.note(sighting.quirk, at: sighting.offset) }
        if reader.position < end, OddPairs.occur(in: text.extracting(reader.position..<end)) {
            self.spacing(text, from: reader.position, to: end, &sightings)
        }
    }
}

/// Walks through the items of a FETCH response without building anything. A string with a quote in it ends the walk: what
/// stands behind it cannot be told apart any more.
struct FetchReader {
    private var tokenizer: Tokenizer
    var sightings: [QuirkSighting] = []
    /// The token read last, and whether ``next(_:)`` returns it again.
    private var last = Token(kind: .atom, offset: 0, length: 0)
    private var isPutBack = false
    var isLost = false
    /// How deep parts may nest before the walk ends.
    static let maximumDepth = 64

    private var size: UInt64?
    private var body: UInt64?

    init(tokenizer: Tokenizer) {
        self.tokenizer = tokenizer
    }

    /// Goes to the list of items, at `offset`.
    mutating func begin(at offset: Int) {
        self.tokenizer.reset(to: offset)
        self.last = Token(kind: .atom, offset: offset, length: 0)
    }

    /// Where the walk is.
    var position: Int { self.last.next }

    mutating func next(_ text: RawSpan) -> Token? {
        if self.isPutBack {
            self.isPutBack = false
            return self.last
        }
        guard !self.isLost, let token = self.tokenizer.next(in: text), token.kind != .lineEnd else { return nil }
        let gap = token.offset - (token.kind == .quoted ? 1 : 0) - self.last.next
        if gap > 1 || gap == 1 && (token.kind == .listClose || self.last.kind == .listOpen) {
            self.space(before: token, text)
        }
        if token.kind == .unterminatedQuoted || self.last.kind == .quoted && !token.spaceBefore, self.endsWalk(token) {
            return nil
        }
        self.last = token
        return token
    }

    /// `"a"b`: the first quote did not end the string. `"a""b"` is as bad, `"a")` and `"a"(` are not.
    private mutating func endsWalk(_ token: Token) -> Bool {
        if token.kind == .listClose || token.kind == .listOpen { return false }
        self.isLost = true
        self.note(.quoteInQuoted, at: token.offset)
        return true
    }

    /// Looks at a gap that is not one space between two values.
    private mutating func space(before token: Token, _ text: RawSpan) {
        let previous = self.last.next
        let gap = QuirkScanner.begin(of: token, in: text) - previous
        let isAfterOpen = self.last.kind == .listOpen
        if token.kind == .listClose {
            if gap > 0, !isAfterOpen { self.note(.spaceBeforeParenthesis, at: previous) }
        } else if isAfterOpen, gap > 0 {
            self.note(.spaceAfterParenthesis, at: previous)
        } else if gap > 1 {
            self.note(.doubleSpace, at: previous)
        }
    }

    mutating func putBack(_ token: Token) {
        self.last = token
        self.isPutBack = true
    }

    private mutating func lost(at offset: Int) -> Token? {
        self.isLost = true
        self.note(.quoteInQuoted, at: offset)
        return nil
    }

    mutating func note(_ quirk: Quirk, at offset: Int) {
        self.sightings.note(quirk, at: offset)
    }

    // MARK: - Items

    mutating func items(_ text: RawSpan) {
        guard let open = self.next(text), open.kind == .listOpen else { return }
        var isFirst = true
        while let name = self.next(text) {
            switch name.kind {
            case .listClose:
                if isFirst { self.note(.emptyFetch, at: name.offset) }
                return self.compareSizes(at: open.offset)
            case .listOpen where isFirst: self.note(.doubledParentheses, at: name.offset)
            case .section: self.section(text, name)
            case .atom: self.item(text, name)
            default: self.skip(name, text)
            }
            isFirst = false
        }
    }

    private mutating func item(_ text: RawSpan, _ name: Token) {
        let range = name.range
        switch name.length {
        case 3 where text.matches(range, "UID"): _ = self.number(text)
        case 4 where text.matches(range, "BODY"): self.structure(text, depth: 0)
        case 5 where text.matches(range, "FLAGS"): self.flags(text)
        case 6 where text.matches(range, "MODSEQ"): self.modSequence(text)
        case 6 where text.matches(range, "RFC822"): self.messageText(text)
        case 8 where text.matches(range, "ENVELOPE"): self.envelope(text)
        case 11 where text.matches(range, "RFC822.SIZE"): self.size = self.number(text)
        case 11 where text.matches(range, "RFC822.TEXT"): self.messageText(text)
        case 12 where text.matches(range, "INTERNALDATE"): self.date(text)
        case 13 where text.matches(range, "BODYSTRUCTURE"): self.structure(text, depth: 0)
        case 13 where text.matches(range, "RFC822.HEADER"): self.messageText(text)
        default: if let value = self.next(text) { self.skip(value, text) }
        }
    }

    private mutating func section(_ text: RawSpan, _ name: Token) {
        guard let value = self.next(text) else { return }
        if value.kind == .listClose {
            self.note(.sectionWithoutValue, at: name.offset)
            return self.putBack(value)
        }
        if value.kind == .literal, text.matches(name.range, "BODY[]") { self.body = self.announced(value, text) }
        self.skip(value, text)
    }

    /// The size that was announced: the text holds no more than the first octets of a long literal.
    private func announced(_ token: Token, _ text: RawSpan) -> UInt64? {
        let begin = QuirkScanner.begin(of: token, in: text)
        var end = begin + 1
        while end < token.offset, text[end] &- 0x30 < 10 { end += 1 }
        return text.number((begin + 1)..<end)
    }

    private mutating func compareSizes(at offset: Int) {
        if let size = self.size, let body = self.body, size != body { self.note(.sizeDiffers, at: offset) }
    }

    mutating func number(_ text: RawSpan) -> UInt64? {
        guard let value = self.next(text) else { return nil }
        guard value.kind == .atom else {
            self.skip(value, text)
            return nil
        }
        if let number = text.number(value.range) { return number }
        self.odd(text, value)
        return nil
    }

    /// An atom where a number must stand.
    mutating func odd(_ text: RawSpan, _ value: Token) {
        if text.matches(value.range, "NIL") {
            self.note(.nilForNumber, at: value.offset)
        } else if text[value.offset] == UInt8(ascii: "-") {
            self.note(.negativeNumber, at: value.offset)
        } else if text[value.offset] &- 0x30 < 10 {
            self.note(.fractionForNumber, at: value.offset)
        }
    }

    private mutating func modSequence(_ text: RawSpan) {
        guard let open = self.next(text), open.kind == .listOpen, let value = self.next(text) else { return }
        if value.kind == .atom, text[value.offset] == UInt8(ascii: "-") {
            self.note(.negativeModSequence, at: value.offset)
        }
        self.skipRest(text)
    }

    /// `"dd-Mon-yyyy hh:mm:ss +zzzz"`: 26 octets with these separators (RFC 9051 section 9, date-time).
    private mutating func date(_ text: RawSpan) {
        guard let value = self.next(text) else { return }
        guard value.kind == .quoted else { return self.skip(value, text) }
        let start = value.offset
        let isDate =
            value.length == 26 && text[start + 2] == UInt8(ascii: "-") && text[start + 6] == UInt8(ascii: "-")
            && text[start + 11] == 0x20 && text[start + 14] == UInt8(ascii: ":")
            && text[start + 17] == UInt8(ascii: ":")
            && text[start + 20] == 0x20
        if !isDate { self.note(.malformedDate, at: start) }
    }

    private mutating func messageText(_ text: RawSpan) {
        guard let value = self.next(text) else { return }
        if value.kind == .atom, text.number(value.range) != nil { self.note(.numberForText, at: value.offset) }
        self.skip(value, text)
    }

    private mutating func flags(_ text: RawSpan) {
        guard let open = self.next(text), open.kind == .listOpen else { return }
        while let token = self.next(text), token.kind != .listClose {
            guard token.kind == .atom else { continue }
            if token.length == 1, text[token.offset] == UInt8(ascii: "\\") {
                self.note(.bareBackslash, at: token.offset)
            }
            for index in token.range where text[index] == UInt8(ascii: "]") { self.note(.bracketInFlag, at: index) }
        }
    }

    // MARK: - Skipping

    /// Skips the value that begins with `token`. A `)` belongs to the list around it.
    mutating func skip(_ token: Token, _ text: RawSpan) {
        if token.kind == .listClose { return self.putBack(token) }
        if token.kind == .listOpen { self.skipRest(text) }
    }

    /// Skips to the end of the list that is open.
    mutating func skipRest(_ text: RawSpan) {
        var depth = 1
        while depth > 0, let token = self.next(text) {
            if token.kind == .listOpen { depth += 1 }
            if token.kind == .listClose { depth -= 1 }
        }
    }
}
