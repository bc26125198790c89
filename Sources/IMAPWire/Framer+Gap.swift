/// What a gap in the stream did to the message in progress.
public enum GapOutcome: Sendable {
    /// Octets of a literal are missing, and its count says where it goes on.
    case insideLiteral
    /// The message is cut there: what there is of it.
    case cut(MessageFrame)
    /// It stood between two messages, or held whole ones.
    case betweenMessages
}

extension Framer {
    /// Octets of the stream that nobody has: they count, and what stands behind them is read on.
    ///
    /// The text of a literal keeps its offsets: a NUL stands for each missing octet of it, and ``MessageFrame/missing``
    /// tells where.
    public mutating func gap(_ octets: UInt64) -> GapOutcome {
        guard self.isInsideMessage else {
            self.skip(octets: octets)
            return .betweenMessages
        }
        guard let remaining = self.literalRemaining else {
            let frame = self.finish()
            self.skip(octets: octets)
            return frame.map { .cut($0) } ?? .betweenMessages
        }
        self.skipLiteral(min(octets, remaining))
        guard octets > remaining else { return .insideLiteral }
        let frame = self.finish()
        self.skip(octets: octets - remaining)
        return frame.map { .cut($0) } ?? .betweenMessages
    }
}
