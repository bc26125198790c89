import IMAPSession
import IMAPWire
import Traffic

/// The items of a FETCH response, each with where its value is. Structures are skipped, not read.
struct FetchItems {
    enum Value: Equatable {
        /// A number, an atom, NIL.
        case atom(Range<Int>)
        /// Between the quotes.
        case quoted(Range<Int>)
        case list(Range<Int>)
        /// The index of a literal of the message.
        case literal(Int)
    }

    struct Item: Equatable {
        /// With its section: `BODY[HEADER]<0>`.
        var name: Range<Int>
        var value: Value
    }

    private(set) var items: [Item] = []

    /// Beyond so many the rest is not looked at.
    private static let limit = 1024

    /// - Parameter message: a FETCH response, complete or as far as a literal.
    init(_ message: Message, text: RawSpan, literalPrefix: Int) {
        let layout = MessageLayout(message, text: text, literalPrefix: literalPrefix)
        var walk = ValueWalk(text, from: message.arguments, literals: message.literals.map(layout.kept))
        guard walk.take(UInt8(ascii: "(")) else { return }
        // Domino opens two.
        while walk.take(UInt8(ascii: "(")) {}
        while self.items.count < Self.limit, let name = walk.name(), let value = walk.value() {
            self.items.append(Item(name: name, value: value))
        }
    }
}
