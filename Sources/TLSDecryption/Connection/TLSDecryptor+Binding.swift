import Cryptography
import Traffic

/// What mechanisms with channel binding are bound to.
extension TLSDecryptor {
    /// Both names and lengths are those of RFC 9266 section 2.
    private static let exporterLabel = "EXPORTER-Channel-Binding"
    private static let exporterCount = 32

    /// A Finished message was read.
    func noteFinished(_ body: [UInt8]) {
        guard let version = self.handshake.facts.version else { return }
        if !version.isTLS13, self.handshake.facts.firstFinished == nil { self.handshake.facts.firstFinished = body }
        if self.handshake.facts.exporter == nil {
            // Without it nothing is lost but a check.
            self.handshake.facts.exporter = try? self.exporter(version)
        }
    }

    private func exporter(_ version: ProtocolVersion) throws -> [UInt8]? {
        guard let hello = self.handshake.facts.serverHello, let client = self.handshake.facts.clientHello else {
            return nil
        }
        guard version.isTLS13 else {
            guard let master = self.handshake.master else { return nil }
            // RFC 5705 section 4, with a context of no octets.
            let value = try PseudorandomFunction(version, hello.cipherSuite)
                .expand(
                    master,
                    label: Self.exporterLabel,
                    seed: client.random + hello.random + [0, 0],
                    count: Self.exporterCount
                )
            return value.withBytes { Array($0) }
        }
        guard let random = ClientRandom(client.random),
            let secret = self.keys.keyLog.secret(.exporterSecret, for: random)
        else { return nil }
        // RFC 8446 section 7.5.
        let hash = hello.cipherSuite.hash
        let empty = try hash.hash([])
        let derived = try TrafficSecret(secret: secret, hash: hash)
            .expand(Self.exporterLabel, context: empty, count: hash.byteCount)
        let value = try TrafficSecret(secret: derived, hash: hash)
            .expand("exporter", context: empty, count: Self.exporterCount)
        return value.withBytes { Array($0) }
    }
}
