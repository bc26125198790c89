public import IMAPWire
public import Traffic

/// A piece of a literal that is too long for the message's text, as it passes.
public struct LiteralPiece: Sendable {
    public var direction: Direction
    public var time: Timestamp
    /// Offset of the message it belongs to.
    public var messageOffset: UInt64
    public var literal: LiteralRecord
    /// How many octets of the literal came before this piece.
    public var position: UInt64
    public var isLast: Bool

    public init(
        direction: Direction,
        time: Timestamp,
        messageOffset: UInt64,
        literal: LiteralRecord,
        position: UInt64,
        isLast: Bool
    ) {
        self.direction = direction
        self.time = time
        self.messageOffset = messageOffset
        self.literal = literal
        self.position = position
        self.isLast = isLast
    }
}
