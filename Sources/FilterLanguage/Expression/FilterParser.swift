/// Reads the tokens of a filter into nodes.
///
///     filter     := and ("or" and)*
///     and        := not ("and" not)*
///     not        := "not" not | "(" filter ")" | comparison
///     comparison := field [operator operand] | field ["not"] "in" ("{" operand ("," operand)* "}" | operand)
struct FilterParser {
    /// How deep parentheses and `not` may nest.
    private static let deepest = 100

    private var lexer: FilterLexer
    private var tokens: [FilterToken] = []
    private var index = 0
    private var depth = 0
    private(set) var nodes: [Filter.Node] = []
    private(set) var tests: [Test] = []

    init(_ text: String) throws(FilterError) {
        self.lexer = FilterLexer(text)
        self.tokens = try self.lexer.tokens()
    }

    private var token: FilterToken { self.tokens[self.index] }

    private mutating func advance() { self.index = min(self.index + 1, self.tokens.count - 1) }

    private func failure(_ reason: String, at token: FilterToken, suggestion: String? = nil) -> FilterError {
        self.lexer.failure(reason, at: token.offset, length: token.length, suggestion: suggestion)
    }

    private mutating func add(_ node: Filter.Node) -> Int {
        self.nodes.append(node)
        return self.nodes.count - 1
    }

    /// The whole filter; its index among the nodes.
    mutating func filter() throws(FilterError) -> Int {
        if self.token.kind == .end { throw self.failure("the filter is empty", at: self.token) }
        let root = try self.or()
        switch self.token.kind {
        case .end: return root
        case .close: throw self.failure("this parenthesis closes nothing", at: self.token)
        default:
            throw self.failure("“and” or “or” must stand between two conditions", at: self.token, suggestion: "and")
        }
    }

    private mutating func or() throws(FilterError) -> Int {
        var left = try self.and()
        while self.token.kind == .or {
            self.advance()
            let right = try self.and()
            left = self.add(.or(left, right))
        }
        return left
    }

    private mutating func and() throws(FilterError) -> Int {
        var left = try self.not()
        while self.token.kind == .and {
            self.advance()
            let right = try self.not()
            left = self.add(.and(left, right))
        }
        return left
    }

    private mutating func not() throws(FilterError) -> Int {
        self.depth += 1
        defer { self.depth -= 1 }
        guard self.depth <= Self.deepest else {
            throw self.failure("nested deeper than \(Self.deepest)", at: self.token)
        }
        switch self.token.kind {
        case .not:
            self.advance()
            let inner = try self.not()
            return self.add(.not(inner))
        case .open:
            let open = self.token
            self.advance()
            let inner = try self.or()
            guard self.token.kind == .close else {
                guard self.token.kind == .end else {
                    throw self.failure("“and”, “or” or “)” must stand here", at: self.token, suggestion: "and")
                }
                throw self.failure("this parenthesis is not closed", at: open)
            }
            self.advance()
            return inner
        default: return try self.comparison()
        }
    }

    // MARK: - Comparisons

    private mutating func comparison() throws(FilterError) -> Int {
        let token = self.token
        guard case .word(let name) = token.kind else {
            let found =
                switch token.kind {
                case .end: "the filter ends where a field must stand"
                case .quoted: "a field must stand here, not a string"
                default: "a field must stand here"
                }
            throw self.failure(found, at: token)
        }
        let field = try self.field(name, token)
        self.advance()
        if self.token.kind == .not, self.tokens[self.index + 1].kind == .comparison(.within) {
            self.advance()
            self.advance()
            let set = try self.set(field)
            return self.add(.not(set))
        }
        guard case .comparison(let comparison) = self.token.kind else {
            if field.type == .boolean { return self.add(test: Test(field: field, operand: .boolean(true))) }
            return self.add(test: Test(field: field, operand: .present))
        }
        let sign = self.token
        try self.check(comparison, field, sign)
        self.advance()
        if comparison == .within { return try self.set(field) }
        let operand = try self.operand(field, comparison)
        self.advance()
        return self.add(test: Test(field: field, operand: operand, isNegated: comparison == .notEqual))
    }

    private mutating func add(test: Test) -> Int {
        self.tests.append(test)
        return self.add(.test(self.tests.count - 1))
    }

    private func field(_ name: String, _ token: FilterToken) throws(FilterError) -> Field {
        if let field = FieldRegistry.field(name) { return field }
        if let reason = FieldRegistry.refusal(name) {
            throw self.failure("“\(name)” cannot be asked for: \(reason)", at: token)
        }
        if let sign = name.firstIndex(of: "=") {
            let before = String(name[..<sign])
            if FieldRegistry.field(before) != nil {
                throw self.failure(
                    "“=” is no operator",
                    at: token,
                    suggestion: "\(before) == \(name[name.index(after: sign)...])"
                )
            }
        }
        throw self.failure(
            "there is no field “\(name)”; imapscope rules fields lists them",
            at: token,
            suggestion: FieldRegistry.nearest(to: name)
        )
    }

    private func check(
        _ comparison: FilterToken.Comparison,
        _ field: Field,
        _ token: FilterToken
    ) throws(FilterError) {
        switch comparison {
        case .equal, .notEqual, .within: return
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            guard !field.type.isOrdered else { return }
            throw self.failure("\(field.name) is \(field.type.phrase), which has no order", at: token)
        case .contains, .matches:
            guard !field.type.isText else { return }
            throw self.failure(
                "\(field.name) is \(field.type.phrase), in which cannot be searched",
                at: token,
                suggestion: "=="
            )
        }
    }

    /// `in {a, b}`: one of several; commas may be left out. Without braces one network or value.
    private mutating func set(_ field: Field) throws(FilterError) -> Int {
        guard self.token.kind == .openSet else {
            let operand = try self.operand(field, .within)
            self.advance()
            return self.add(test: Test(field: field, operand: operand))
        }
        let open = self.token
        self.advance()
        var result: Int?
        while self.token.kind != .closeSet {
            if self.token.kind == .end { throw self.failure("this brace is not closed", at: open) }
            let operand = try self.operand(field, .within)
            self.advance()
            let test = self.add(test: Test(field: field, operand: operand))
            result = result.map { self.add(.or($0, test)) } ?? test
            if self.token.kind == .comma { self.advance() }
        }
        guard let result else { throw self.failure("an empty set holds nothing", at: self.token) }
        self.advance()
        return result
    }

    private func operand(
        _ field: Field,
        _ comparison: FilterToken.Comparison
    ) throws(FilterError) -> Test.Operand {
        let token = self.token
        switch token.kind {
        case .word(let word):
            return try self.operand(Literal(text: word, isQuoted: false), field, comparison, token)
        case .quoted(let text):
            return try self.operand(Literal(text: text, isQuoted: true), field, comparison, token)
        // A word of the language can be a value: `name == in`.
        case .and, .or, .not, .comparison:
            throw self.failure("a value must stand here; quote it if it is a word of the language", at: token)
        default: throw self.failure("a value must stand here", at: token)
        }
    }

    private func operand(
        _ literal: Literal,
        _ field: Field,
        _ comparison: FilterToken.Comparison,
        _ token: FilterToken
    ) throws(FilterError) -> Test.Operand {
        do throws(LiteralError) {
            return try literal.operand(of: field, comparison)
        } catch {
            let quote = literal.isQuoted ? 1 : 0
            throw self.lexer.failure(
                error.reason,
                at: token.offset + quote + (error.offset ?? -quote),
                length: error.offset == nil ? token.length : 1,
                suggestion: error.suggestion
            )
        }
    }
}
