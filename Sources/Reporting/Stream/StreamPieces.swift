import IMAPSession
import IMAPWire
import Masking
import Traffic

/// Where the octets of a message's text stand in the stream of its direction.
///
/// The text has the lines and the first octets of each literal: whatever lies between is not in it.
struct StreamPieces {
    struct Piece: Equatable {
        var offset: UInt64
        var range: Range<Int>
    }

    /// In the order of the stream, each as long as it can be. What the source does not have is in none.
    private(set) var pieces: [Piece] = []

    init(_ masked: MaskedMessage, text: RawSpan, literalPrefix: Int) {
        let message = masked.message
        let layout = MessageLayout(message, text: text, literalPrefix: literalPrefix)
        let missing = masked.masked.filter(\.isMissing).map(\.range)
        var position = 0
        var offset = message.offset
        for literal in message.literals where literal.offset >= offset {
            let kept = layout.kept(literal)
            let head = position..<max(position, min(kept.lowerBound, position + Int(literal.offset - offset)))
            self.add(head, at: offset, missing)
            self.add(kept, at: literal.offset, missing)
            position = max(kept.upperBound, position)
            offset = literal.offset + literal.received
        }
        if position < text.byteCount { self.add(position..<text.byteCount, at: offset, missing) }
    }

    private mutating func add(_ range: Range<Int>, at offset: UInt64, _ missing: [Range<Int>]) {
        var start = range.lowerBound
        for gap in missing where gap.overlaps(range) {
            self.add(start..<max(start, gap.lowerBound), at: offset + UInt64(start - range.lowerBound))
            start = min(max(start, gap.upperBound), range.upperBound)
        }
        self.add(start..<range.upperBound, at: offset + UInt64(start - range.lowerBound))
    }

    private mutating func add(_ range: Range<Int>, at offset: UInt64) {
        guard !range.isEmpty else { return }
        if let last = self.pieces.last, last.range.upperBound == range.lowerBound,
            last.offset + UInt64(last.range.count) == offset
        {
            self.pieces[self.pieces.count - 1].range = last.range.lowerBound..<range.upperBound
        } else {
            self.pieces.append(Piece(offset: offset, range: range))
        }
    }
}
