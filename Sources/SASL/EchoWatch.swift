import Traffic

/// Recognises what a client sent in what its server says, whole or in part.
struct EchoWatch: Sendable {
    private var secrets: [Secret] = []

    /// Shorter values occur by chance.
    private static let shortest = 5
    private static let remembered = 16
    /// So many octets in a row of a secret are a part of it, and no coincidence.
    private static let part = 16

    mutating func remember(_ secrets: [Secret]) {
        self.secrets.append(contentsOf: secrets.filter { $0.count >= Self.shortest })
        if self.secrets.count > Self.remembered { self.secrets.removeFirst(self.secrets.count - Self.remembered) }
    }

    func isEchoed(_ bytes: [UInt8], inPart: Bool = false) -> Bool {
        if self.secrets.isEmpty || bytes.count < Self.shortest { return false }
        if self.secrets.contains(where: { $0.count < Self.part && Self.holds(bytes, $0) }) { return true }
        guard bytes.count >= Self.part else { return false }
        let windows = Set((0...bytes.count - Self.part).map { Self.window(bytes.span.bytes, $0) })
        return self.secrets.contains { secret in
            guard secret.count >= Self.part else { return false }
            return secret.withBytes { secret in
                let runs = secret.count - Self.part + 1
                let known = (0..<runs).lazy.map { windows.contains(Self.window(secret.bytes, $0)) }
                return inPart ? known.contains(true) : !known.contains(false)
            }
        }
    }

    private static func holds(_ bytes: [UInt8], _ secret: Secret) -> Bool {
        secret.withBytes { secret in
            guard bytes.count >= secret.count else { return false }
            return (0...bytes.count - secret.count).contains { start in
                bytes[start..<start + secret.count].elementsEqual(secret)
            }
        }
    }

    private static func window(_ bytes: RawSpan, _ offset: Int) -> SIMD2<UInt64> {
        bytes.withUnsafeBytes { bytes in
            SIMD2(
                bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)
            )
        }
    }
}
