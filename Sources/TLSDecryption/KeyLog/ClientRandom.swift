import Cryptography

/// The random octets of a ClientHello, under which key logs list secrets.
public struct ClientRandom: Sendable, Hashable, CustomStringConvertible {
    /// Four words, so that a table of many needs no allocation for each.
    private let words: (UInt64, UInt64, UInt64, UInt64)

    public static let byteCount = 32

    /// Nil unless there are 32 octets.
    public init?(_ octets: some Collection<UInt8>) {
        guard octets.count == Self.byteCount else { return nil }
        var words: [UInt64] = [0, 0, 0, 0]
        for (index, octet) in octets.enumerated() { words[index / 8] = words[index / 8] << 8 | UInt64(octet) }
        self.words = (words[0], words[1], words[2], words[3])
    }

    public var octets: [UInt8] {
        [self.words.0, self.words.1, self.words.2, self.words.3]
            .flatMap { word in withUnsafeBytes(of: word.bigEndian) { [UInt8]($0) } }
    }

    public static func == (left: ClientRandom, right: ClientRandom) -> Bool { left.words == right.words }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(self.words.0)
        hasher.combine(self.words.1)
        hasher.combine(self.words.2)
        hasher.combine(self.words.3)
    }

    /// Hexadecimal, as key logs have it.
    public var description: String { Hexadecimal.string(self.octets) }
}
