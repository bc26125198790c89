import Cryptography
import Traffic

/// The keys of both directions that a master secret of TLS 1.0 to 1.2 gives (RFC 5246 section 6.3).
struct KeyBlock {
    private let version: ProtocolVersion
    private let suite: CipherSuite
    private let encryptsFirst: Bool
    private let macKeys: [Secret]
    private let keys: [Secret]
    private let vectors: [Secret]

    init(
        master: Secret,
        clientRandom: [UInt8],
        serverRandom: [UInt8],
        version: ProtocolVersion,
        suite: CipherSuite,
        encryptsFirst: Bool
    ) throws(CryptographyError) {
        self.version = version
        self.suite = suite
        self.encryptsFirst = encryptsFirst
        let mac = suite.mac?.byteCount ?? 0
        let (key, vector) = Self.lengths(suite.cipher, version)
        let prf = PseudorandomFunction(version, suite)
        let block = try prf.expand(
            master,
            label: "key expansion",
            seed: serverRandom + clientRandom,
            count: 2 * (mac + key + vector)
        )
        var position = 0
        func next(_ count: Int) -> Secret {
            defer { position += count }
            return block.withBytes { Secret($0[position..<position + count]) }
        }
        self.macKeys = [next(mac), next(mac)]
        self.keys = [next(key), next(key)]
        self.vectors = [next(vector), next(vector)]
    }

    private static func lengths(_ cipher: CipherSuite.Cipher, _ version: ProtocolVersion) -> (key: Int, vector: Int) {
        switch cipher {
        case .aead(.chaCha20Poly1305, _): (32, AuthenticatedCipher.nonceByteCount)
        case .aead(let algorithm, _): (algorithm.keyByteCount, 4)
        case .block(let algorithm): (algorithm.keyByteCount, version < .tls11 ? algorithm.blockByteCount : 0)
        case .rc4: (16, 0)
        case .null, .unsupported: (0, 0)
        }
    }

    /// - Returns: nil for a cipher that nobody here can undo.
    func protection(_ direction: Direction) throws(CryptographyError) -> (any RecordProtection)? {
        let index = direction == .client ? 0 : 1
        switch self.suite.cipher {
        case .aead(let algorithm, let tag):
            let cipher = try AuthenticatedCipher(algorithm, key: self.keys[index], tagByteCount: tag)
            return AEADProtection(cipher, fixedNonce: self.vectors[index])
        case .block(let algorithm):
            guard let hash = self.suite.mac else { return nil }
            return CBCProtection(
                try BlockCipher(algorithm, key: self.keys[index]),
                mac: try KeyedHash(hash, key: self.macKeys[index]),
                encryptsFirst: self.encryptsFirst,
                initializationVector: self.version < .tls11 ? self.vectors[index] : nil
            )
        case .rc4, .null:
            guard let hash = self.suite.mac else { return nil }
            let cipher = self.suite.cipher == .rc4 ? try RC4(key: self.keys[index]) : nil
            return StreamProtection(cipher, mac: try KeyedHash(hash, key: self.macKeys[index]))
        case .unsupported: return nil
        }
    }
}
