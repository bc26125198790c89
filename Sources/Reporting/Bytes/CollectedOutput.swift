import Traffic

/// Octets in memory.
final class CollectedOutput: TranscriptOutput {
    private(set) var octets: [UInt8] = []

    func write(_ bytes: RawSpan) {
        bytes.withUnsafeBytes { self.octets.append(contentsOf: $0) }
    }
}
