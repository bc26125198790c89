import Cryptography
import Synchronization
import TLSTransport
import Traffic

/// The certificates that clients are shown: minted by name, with the names of the server's own once they are known.
final class ClientIdentities: Sendable {
    private struct Kept {
        var upstream: Certificate?
        var byName: [String: (chain: [UInt8], identity: TLSIdentity)] = [:]
    }

    private let issuer: LeafIssuer
    private let kept = Mutex(Kept())

    init(authority: CertificateAuthority) throws(CryptographyError) {
        self.issuer = try LeafIssuer(authority: authority)
    }

    /// The server has shown its certificate.
    func learn(_ chain: [TLSCertificate]) {
        guard let der = chain.first?.der, let certificate = try? Certificate.chain(parsing: der).first else { return }
        self.kept.withLock { $0.upstream = certificate }
    }

    /// - Parameter hosts: what clients of this listener may have connected to, beside the name that they asked for.
    func identity(for serverName: String?, at hosts: [String]) -> TLSIdentity? {
        let upstream = self.kept.withLock { $0.upstream }
        let names = (serverName.map { [$0] } ?? []) + hosts
        guard let minted = try? self.issuer.identity(for: names, copying: upstream, now: .current) else { return nil }
        let key = names.joined(separator: " ")
        if let known = self.kept.withLock({ $0.byName[key] }), known.chain == minted.chainPEM { return known.identity }
        guard let identity = try? TLSIdentity(certificatePEM: minted.chainPEM, keyPEM: minted.keyPEM) else {
            return nil
        }
        self.kept.withLock { kept in
            // Names come from the wire: what is forgotten is read again.
            if kept.byName.count >= LeafIssuer.cacheCapacity { kept.byName = [:] }
            kept.byName[key] = (minted.chainPEM, identity)
        }
        return identity
    }
}
