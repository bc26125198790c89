import IMAPProtocol
import IMAPSession
import IMAPWire
import Traffic

/// The messages of an APPEND or REPLACE command (RFC 9051 section 6.3.12, RFC 3502, RFC 8508), complete or as far as a
/// literal.
struct AppendItems {
    struct Item: Equatable {
        /// The index of its literal.
        var literal: Int
        /// Between the parentheses.
        var flags: Range<Int>?
    }

    private(set) var mailbox: FetchItems.Value?
    private(set) var items: [Item] = []

    init(_ message: Message, text: RawSpan, literalPrefix: Int) {
        let layout = MessageLayout(message, text: text, literalPrefix: literalPrefix)
        var walk = ValueWalk(text, from: message.arguments, literals: message.literals.map(layout.kept))
        // The number or UID of the message that is replaced.
        if message.command == .replace { _ = walk.value() }
        self.mailbox = walk.value()
        var flags: Range<Int>?
        var keyword: Range<Int>?
        while let value = walk.value() {
            switch value {
            case .literal(let index):
                self.items.append(Item(literal: index, flags: flags))
                flags = nil
                keyword = nil
            case .list(let range):
                switch keyword {
                case nil: flags = range
                // `UTF8 (~{n} ...)`: the message in a list of its own (RFC 9755 section 4).
                case .some(let word) where text.matches(word, "UTF8"):
                    let index = message.literals.firstIndex {
                        range.contains($0.textOffset) || $0.textOffset == range.upperBound
                    }
                    if let index { self.items.append(Item(literal: index, flags: flags)) }
                    flags = nil
                // CATENATE (RFC 4469): the server puts the message together, partly from what does not pass here.
                case .some: break
                }
                keyword = nil
            case .atom(let range): keyword = range
            case .quoted: break
            }
        }
    }
}
