import IMAPProtocol
import IMAPSession
import IMAPWire
import Traffic

/// A message that a rule is applied to: all of its octets, and what they mean.
///
/// Made for the call in which the octets are there; read by the grammar only when an action asks.
final class WireMessage {
    let message: Message
    let octets: UnsafeRawBufferPointer
    /// False for a message that ends in the announcement of its next literal.
    let isWhole: Bool
    /// What no output may show, in all octets of the message.
    let secrets: [Range<Int>]
    private var parser: SyntaxParser?

    init(_ message: Message, _ octets: UnsafeRawBufferPointer, isWhole: Bool, secrets: [Range<Int>]) {
        self.message = message
        self.octets = octets
        self.isWhole = isWhole
        self.secrets = secrets
    }

    var direction: Direction { self.message.direction }
    /// Where the last line ends, its CR LF left out.
    var contentEnd: Int { ResponseHead.contentEnd(self.octets.bytes) }

    var tree: SyntaxTree {
        if let parser { return parser.tree }
        var parser = SyntaxParser(literalPrefix: .max)
        switch self.message.kind {
        case .command: parser.parse(self.octets.bytes, as: .command, context: SyntaxContext(isTruncated: !self.isWhole))
        case .greeting, .untagged, .tagged, .continuation:
            parser.parse(self.octets.bytes, as: .response, context: SyntaxContext(isTruncated: !self.isWhole))
        case .sasl, .done, .cancel, .unparsed: break
        }
        self.parser = parser
        return parser.tree
    }

    func holdsSecret(_ range: Range<Int>) -> Bool { self.secrets.contains { $0.overlaps(range) } }

    func text(_ range: Range<Int>) -> String { String(decoding: self.octets[range], as: UTF8.self) }

    func matches(_ range: Range<Int>, _ word: String) -> Bool {
        self.octets.bytes.uppercased(range) == word.uppercased()
    }

    // MARK: - Values

    /// An argument as it stands on the wire.
    struct Value {
        enum Form: Hashable {
            case atom
            case quoted
            case literal(LiteralForm)
            /// A list, or several tokens without a space between them.
            case compound
        }

        /// With its quotes, its parentheses, or the announcement of its literal.
        var whole: Range<Int>
        /// What it says.
        var content: Range<Int>
        var form: Form
    }

    /// The strings and literals of the message, in their order.
    var strings: [Value] {
        var found: [Value] = []
        self.forEachToken(from: 0) { token in
            if token.kind == .quoted || token.kind == .literal { found.append(self.value(token)) }
            return true
        }
        return found
    }

    var literals: [Value] {
        self.strings.filter { if case .literal = $0.form { true } else { false } }
    }

    /// The arguments of a command or response: what stands between spaces, a list being one.
    var arguments: [Value] {
        var found: [Value] = []
        var depth = 0
        self.forEachToken(from: self.message.arguments) { token in
            if token.kind == .lineEnd { return depth > 0 }
            let joins = depth > 0 || !token.spaceBefore && !found.isEmpty
            if token.kind == .listClose { depth -= 1 }
            if token.kind == .listOpen { depth += 1 }
            let value = self.value(token)
            if joins, let last = found.last {
                let whole = last.whole.lowerBound..<value.whole.upperBound
                found[found.count - 1] = Value(whole: whole, content: whole, form: .compound)
            } else if token.kind == .listOpen {
                found.append(Value(whole: value.whole, content: value.whole, form: .compound))
            } else {
                found.append(value)
            }
            return true
        }
        return found
    }

    private func forEachToken(from start: Int, _ body: (Token) -> Bool) {
        var tokenizer = Tokenizer(literalPrefix: .max)
        tokenizer.reset(to: min(start, self.octets.count))
        while let token = tokenizer.next(in: self.octets.bytes), body(token) {}
    }

    private func value(_ token: Token) -> Value {
        switch token.kind {
        case .quoted: return self.quoted(token.range)
        case .literal: return self.literal(token.range)
        default: return Value(whole: token.range, content: token.range, form: .atom)
        }
    }

    /// The value that a node of the grammar stands for; nil for one that has parts of its own.
    func value(_ node: SyntaxNode) -> Value? {
        switch node.form {
        case .inner: nil
        case .atom, .nil: Value(whole: node.range, content: node.range, form: .atom)
        case .quoted: self.quoted(node.range)
        case .literal, .literal8: self.literal(node.range)
        }
    }

    private func quoted(_ range: Range<Int>) -> Value {
        Value(whole: (range.lowerBound - 1)..<(range.upperBound + 1), content: range, form: .quoted)
    }

    private func literal(_ range: Range<Int>) -> Value {
        var start = range.lowerBound - 1
        while start > 0, self.octets[start] != UInt8(ascii: "{") { start -= 1 }
        var form = LiteralForm()
        form.nonSynchronizing = self.octets[start..<range.lowerBound].contains(UInt8(ascii: "+"))
        if start > 0, self.octets[start - 1] == UInt8(ascii: "~") {
            form.binary = true
            start -= 1
        }
        return Value(whole: start..<range.upperBound, content: range, form: .literal(form))
    }
}
