import IMAPWire

/// Reads the arguments of a command, one production of RFC 3501 section 9 a call.
struct ArgumentReader {
    let text: [UInt8]
    private var tokenizer: Tokenizer
    private var lookahead: Token?

    init(_ text: [UInt8], position: Int, literalPrefix: Int) {
        self.text = text
        self.tokenizer = Tokenizer(literalPrefix: literalPrefix)
        self.tokenizer.reset(to: position)
    }

    /// The next token, nil at the end of the command.
    mutating func peek() -> Token? {
        if let lookahead { return lookahead }
        var tokenizer = self.tokenizer
        let next = tokenizer.next(in: self.text.span.bytes)
        self.tokenizer = tokenizer
        guard let token = next, token.kind != .lineEnd else { return nil }
        self.lookahead = token
        return token
    }

    mutating func take() throws(CommandProblem) -> Token {
        guard let token = self.peek() else { throw .bad("Missing arguments") }
        self.lookahead = nil
        return token
    }

    /// A token with the SP before it; the first one of a list has none.
    private mutating func argument(first: Bool = false) throws(CommandProblem) -> Token {
        let token = try self.take()
        guard token.spaceBefore || first else { throw .bad("Missing space between arguments") }
        return token
    }

    var isAtEnd: Bool {
        mutating get { self.peek() == nil }
    }

    mutating func end() throws(CommandProblem) {
        guard self.isAtEnd else { throw .bad("Too many arguments") }
    }

    mutating func atom(first: Bool = false) throws(CommandProblem) -> [UInt8] {
        let token = try self.argument(first: first)
        guard token.kind == .atom else { throw .bad("Expected an atom") }
        return self.octets(token)
    }

    mutating func word(first: Bool = false) throws(CommandProblem) -> String {
        String(decoding: try self.atom(first: first), as: UTF8.self).uppercased()
    }

    mutating func astring(first: Bool = false) throws(CommandProblem) -> [UInt8] {
        let token = try self.argument(first: first)
        switch token.kind {
        case .atom, .quoted, .literal: return self.octets(token)
        // A mailbox may be called BODY[x]; only FETCH gives the word its meaning.
        case .section: return self.octets(token)
        case .listOpen, .listClose, .unterminatedQuoted, .stray, .lineEnd: throw .bad("Expected a string")
        }
    }

    mutating func string() throws(CommandProblem) -> [UInt8] {
        let token = try self.argument()
        guard token.kind == .quoted || token.kind == .literal else { throw .bad("Expected a string") }
        return self.octets(token)
    }

    mutating func literal() throws(CommandProblem) -> [UInt8] {
        let token = try self.argument()
        guard token.kind == .literal else { throw .bad("Expected a literal") }
        return self.octets(token)
    }

    mutating func mailbox() throws(CommandProblem) -> String {
        let octets = try self.astring()
        guard octets.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else {
            throw .no("Mailbox names are in modified UTF-7 (RFC 3501 section 5.1.3)", code: "CANNOT")
        }
        return Account.canonical(String(decoding: octets, as: UTF8.self))
    }

    mutating func number() throws(CommandProblem) -> UInt32 {
        let octets = try self.atom()
        guard octets.allSatisfy({ $0 &- 0x30 < 10 }), let number = UInt32(String(decoding: octets, as: UTF8.self))
        else {
            throw .bad("Expected a number")
        }
        return number
    }

    mutating func sequenceSet() throws(CommandProblem) -> SequenceSet {
        guard let set = SequenceSet(parsing: try self.atom()) else { throw .bad("Invalid sequence set") }
        return set
    }

    /// Takes a parenthesis if it comes next.
    mutating func takes(_ kind: Token.Kind) -> Bool {
        guard self.peek()?.kind == kind else { return false }
        self.lookahead = nil
        return true
    }

    mutating func listOpen() throws(CommandProblem) {
        guard try self.argument().kind == .listOpen else { throw .bad("Expected a parenthesis") }
    }

    /// `(` words `)`.
    mutating func words() throws(CommandProblem) -> [String] {
        try self.listOpen()
        var words: [String] = []
        while !self.takes(.listClose) { words.append(try self.word(first: words.isEmpty)) }
        return words
    }

    /// A flag list; STORE may leave the parentheses away.
    mutating func flags(parenthesesRequired: Bool) throws(CommandProblem) -> FlagSet {
        var flags = FlagSet()
        guard self.peek()?.kind == .listOpen else {
            if parenthesesRequired { throw .bad("Expected a flag list") }
            repeat { flags.insert(try self.flag()) } while !self.isAtEnd
            return flags
        }
        try self.listOpen()
        var first = true
        while !self.takes(.listClose) {
            flags.insert(try self.flag(first: first))
            first = false
        }
        return flags
    }

    private mutating func flag(first: Bool = false) throws(CommandProblem) -> String {
        let octets = try self.atom(first: first)
        guard !octets.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "*") || $0 >= 0x7F }) else {
            throw .bad("Invalid flag")
        }
        let name = FlagSet.canonical(String(decoding: octets, as: UTF8.self))
        let isSystem = octets.first == UInt8(ascii: "\\")
        // \Recent is the server's alone (RFC 3501 section 2.3.2).
        guard !isSystem || FlagSet.systemFlags.contains(name) else { throw .bad("Invalid system flag") }
        return name
    }

    func octets(_ token: Token) -> [UInt8] {
        let octets = Array(self.text[token.range])
        return token.kind == .quoted ? Self.unquoted(octets) : octets
    }

    static func unquoted(_ octets: [UInt8]) -> [UInt8] {
        guard octets.contains(UInt8(ascii: "\\")) else { return octets }
        var result: [UInt8] = []
        var isEscaped = false
        for octet in octets {
            if octet == UInt8(ascii: "\\"), !isEscaped {
                isEscaped = true
            } else {
                result.append(octet)
                isEscaped = false
            }
        }
        return result
    }
}
