import Traffic

extension WirePlan {
    /// The octets that leave for those of the message: none when it is dropped or answered. Without injections.
    public func applied(to octets: RawSpan) -> [UInt8] {
        guard self.outcome == .send else { return [] }
        return octets.withUnsafeBytes { Self.apply(self.replacements, to: $0) }
    }

    static func apply(_ replacements: [Replacement], to octets: UnsafeRawBufferPointer) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(octets.count + replacements.reduce(0) { $0 + $1.octets.count })
        var position = 0
        for replacement in replacements {
            result += octets[position..<replacement.range.lowerBound]
            result += replacement.octets
            position = replacement.range.upperBound
        }
        return result + octets[position...]
    }
}
