extension Framer {
    /// Ends the message in progress at `cut`, an offset in the literal that is being read, because the literal's count was
    /// wrong. The stream goes on at `cut`: the caller hands in what stands behind it once more.
    public mutating func breakLiteral(at cut: UInt64) -> MessageFrame? {
        guard let literal = self.currentLiteral, self.literalRemaining != nil, cut >= literal.offset, cut <= self.offset
        else { return nil }
        self.takeBack(octets: self.offset - cut)
        var frame = self.finish()
        frame?.complete = false
        return frame
    }
}
