/// A word, string or sign of a filter.
struct FilterToken: Hashable {
    enum Kind: Hashable {
        case word(String)
        /// The characters between the quotes, as they were written.
        case quoted(String)
        case comparison(Comparison)
        case and
        case or
        case not
        case open
        case close
        case openSet
        case closeSet
        case comma
        case end
    }

    enum Comparison: String, Hashable {
        case equal = "=="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case contains
        case matches
        case within = "in"
    }

    var kind: Kind
    /// Characters before it, and its own.
    var offset: Int
    var length: Int
}

/// Cuts a filter into tokens.
struct FilterLexer {
    /// An expression this long was not meant.
    static let longest = 16_384

    let text: String
    private let characters: [Character]
    private var index = 0

    init(_ text: String) {
        self.text = text
        self.characters = Array(text)
    }

    func failure(_ reason: String, at offset: Int, length: Int = 1, suggestion: String? = nil) -> FilterError {
        FilterError(
            expression: self.text,
            column: offset + 1,
            length: max(length, 1),
            reason: reason,
            suggestion: suggestion
        )
    }

    mutating func tokens() throws(FilterError) -> [FilterToken] {
        guard self.characters.count <= Self.longest else {
            throw self.failure("the filter is longer than \(Self.longest) characters", at: Self.longest)
        }
        var tokens: [FilterToken] = []
        while true {
            let token = try self.next()
            tokens.append(token)
            if token.kind == .end { return tokens }
        }
    }

    private mutating func next() throws(FilterError) -> FilterToken {
        while let character = self.peek(), character.isWhitespace { self.index += 1 }
        let start = self.index
        guard let character = self.peek() else { return FilterToken(kind: .end, offset: start, length: 0) }
        let kind: FilterToken.Kind
        switch character {
        case "(": kind = self.take(1, .open)
        case ")": kind = self.take(1, .close)
        case "{": kind = self.take(1, .openSet)
        case "}": kind = self.take(1, .closeSet)
        case ",": kind = self.take(1, .comma)
        case "~": kind = self.take(1, .comparison(.matches))
        case "<":
            kind = self.peek(1) == "=" ? self.take(2, .comparison(.lessOrEqual)) : self.take(1, .comparison(.less))
        case ">":
            kind =
                self.peek(1) == "="
                ? self.take(2, .comparison(.greaterOrEqual)) : self.take(1, .comparison(.greater))
        case "!": kind = self.peek(1) == "=" ? self.take(2, .comparison(.notEqual)) : self.take(1, .not)
        case "=" where self.peek(1) == "=": kind = self.take(2, .comparison(.equal))
        case "=": throw self.failure("“=” is no operator", at: start, suggestion: "==")
        case "&" where self.peek(1) == "&": kind = self.take(2, .and)
        case "|" where self.peek(1) == "|": kind = self.take(2, .or)
        case "|": throw self.failure("“|” is no operator", at: start, suggestion: "or")
        case "\"", "'": kind = try self.quoted(character)
        default: kind = self.word()
        }
        return FilterToken(kind: kind, offset: start, length: self.index - start)
    }

    private func peek(_ ahead: Int = 0) -> Character? {
        self.index + ahead < self.characters.count ? self.characters[self.index + ahead] : nil
    }

    private mutating func take(_ count: Int, _ kind: FilterToken.Kind) -> FilterToken.Kind {
        self.index += count
        return kind
    }

    private mutating func quoted(_ quote: Character) throws(FilterError) -> FilterToken.Kind {
        let start = self.index
        self.index += 1
        while let character = self.peek(), character != quote {
            // A backslash takes the next character with it, so that it can be the quote.
            self.index += character == "\\" ? 2 : 1
        }
        guard self.peek() != nil else {
            throw self.failure("the string that begins here has no end", at: start, suggestion: "a closing \(quote)")
        }
        self.index += 1
        return .quoted(String(self.characters[(start + 1)..<(self.index - 1)]))
    }

    /// Everything up to a blank or a sign; a sign that may belong to a name (`AUTH=PLAIN`, `Z&APw-rich`) does not end it.
    private mutating func word() -> FilterToken.Kind {
        let start = self.index
        scan: while let character = self.peek() {
            switch character {
            case _ where character.isWhitespace: break scan
            case "(", ")", "{", "}", ",", "\"", "'", "<", ">", "~": break scan
            case "=" where self.peek(1) == "=": break scan
            case "!" where self.peek(1) == "=": break scan
            case "&" where self.peek(1) == "&": break scan
            case "|" where self.peek(1) == "|": break scan
            default: self.index += 1
            }
        }
        let word = String(self.characters[start..<self.index])
        return Self.operators[word.lowercased()] ?? .word(word)
    }

    private static let operators: [String: FilterToken.Kind] = [
        "and": .and, "or": .or, "not": .not,
        "eq": .comparison(.equal), "ne": .comparison(.notEqual), "lt": .comparison(.less),
        "le": .comparison(.lessOrEqual), "gt": .comparison(.greater), "ge": .comparison(.greaterOrEqual),
        "contains": .comparison(.contains), "matches": .comparison(.matches), "in": .comparison(.within),
    ]
}
