import IMAPSession

extension ByteWriter {
    /// Appends the octets of `range`, escaped, with a mark in place of each masked range.
    mutating func append(_ text: RawSpan, _ range: Range<Int>, masked: [SecretRange], escaped rule: EscapeRule) {
        var position = range.lowerBound
        for secret in masked where secret.range.overlaps(range) {
            if secret.range.lowerBound > position {
                self.append(text.extracting(position..<secret.range.lowerBound), escaped: rule)
            }
            self.append(mark: secret)
            position = min(max(position, secret.range.upperBound), range.upperBound)
        }
        if position < range.upperBound { self.append(text.extracting(position..<range.upperBound), escaped: rule) }
    }

    /// `‹56 octets masked›`, `‹56 octets missing›` for what the source does not have, or `‹masked›` where the length is part of the secret.
    mutating func append(mark secret: SecretRange) {
        self.append("‹")
        if secret.showsLength {
            self.append(octets: UInt64(secret.range.count))
            self.append(" ")
        }
        self.append(secret.isMissing ? "missing›" : "masked›")
    }
}
