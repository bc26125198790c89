import Cryptography
import ProxyServer
import Synchronization
import TLSTransport
import Traffic

/// The certificates that clients are shown: minted by name, with the names of the server's own once they are known.
final class ClientIdentities: ClientIdentitySource {
    private struct Granted {
        var identities: [TLSIdentity]
        /// Minted for an older certificate of the server, it lacks names.
        var generation: Int
        var until: Timestamp
    }

    private struct Kept {
        var authority: CertificateAuthority?
        var ecdsa: LeafIssuer?
        /// Its key takes some tenths of a second to make: made for the first client that may need it.
        var rsa: LeafIssuer?
        var upstream: Certificate?
        var upstreamDER: [UInt8] = []
        var generation = 0
        var granted: [ClientIdentityRequest: Granted] = [:]
    }

    /// The name of the server as the user gave it.
    private let server: String
    private let kept = Mutex(Kept())
    /// Held while the RSA key is made, so that only one is.
    private let isMakingRSA = Mutex(())

    init(server: String) {
        self.server = server
    }

    /// Before the first client comes.
    func use(_ authority: CertificateAuthority) {
        self.kept.withLock { $0.authority = authority }
    }

    var knowsUpstream: Bool { self.kept.withLock { $0.upstream != nil } }

    func learn(_ chain: [TLSCertificate]) {
        guard let der = chain.first?.der, self.kept.withLock({ $0.upstreamDER != der }),
            let certificate = try? Certificate.chain(parsing: der).first
        else { return }
        self.kept.withLock { kept in
            kept.upstream = certificate
            kept.upstreamDER = der
            kept.generation += 1
        }
    }

    func hasKeys(_ kinds: TLSKeyTypes) -> Bool {
        !kinds.contains(.rsa) || self.kept.withLock { $0.rsa != nil || $0.authority == nil }
    }

    func makeKeys(_ kinds: TLSKeyTypes) {
        guard kinds.contains(.rsa) else { return }
        self.isMakingRSA.withLock { _ in
            let authority = self.kept.withLock { $0.rsa == nil ? $0.authority : nil }
            guard let authority, let issuer = try? LeafIssuer(authority: authority, leafKey: .rsa2048) else { return }
            self.kept.withLock { $0.rsa = issuer }
        }
    }

    func identities(for client: ClientIdentityRequest) throws(ClientIdentityError) -> [TLSIdentity] {
        let now = Timestamp.current
        let (known, upstream, generation) = self.kept.withLock { kept in
            let found = kept.granted[client].flatMap { found in
                found.generation == kept.generation && found.until >= now ? found.identities : nil
            }
            return (found, kept.upstream, kept.generation)
        }
        if let known { return known }
        var identities: [TLSIdentity] = []
        for issuer in try self.issuers(client.keys) {
            identities.append(try self.mint(client, issuer, upstream, now))
        }
        self.kept.withLock { kept in
            // Names come from the wire: what is forgotten is minted again.
            if kept.granted.count >= LeafIssuer.cacheCapacity { kept.granted = [:] }
            kept.granted[client] = Granted(
                identities: identities,
                generation: generation,
                until: now.advanced(byNanoseconds: 86_400_000_000_000)
            )
        }
        return identities
    }

    /// One for each kind of key.
    private func issuers(_ kinds: TLSKeyTypes) throws(ClientIdentityError) -> [LeafIssuer] {
        if !self.hasKeys(kinds) { self.makeKeys(kinds) }
        let (hasAuthority, ecdsa, rsa) = self.kept.withLock { kept in
            if kept.ecdsa == nil {
                kept.ecdsa = kept.authority.flatMap { try? LeafIssuer(authority: $0, leafKey: .ecP256) }
            }
            return (kept.authority != nil, kept.ecdsa, kept.rsa)
        }
        guard hasAuthority else {
            throw ClientIdentityError(reason: "there is no certificate authority to mint it")
        }
        let issuers = [kinds.contains(.ecdsa) ? ecdsa : nil, kinds.contains(.rsa) ? rsa : nil].compactMap { $0 }
        guard !issuers.isEmpty else { throw ClientIdentityError(reason: "OpenSSL cannot make its key") }
        return issuers
    }

    private func mint(
        _ client: ClientIdentityRequest,
        _ issuer: LeafIssuer,
        _ upstream: Certificate?,
        _ now: Timestamp
    ) throws(ClientIdentityError) -> TLSIdentity {
        let names = self.names(for: client)
        let minted: ServerIdentity?
        do throws(CryptographyError) {
            minted = try issuer.identity(for: names, copying: upstream, now: now)
        } catch {
            throw ClientIdentityError(reason: "\(error)")
        }
        guard let minted else {
            throw ClientIdentityError(reason: "none of \(names.joined(separator: ", ")) can stand in a certificate")
        }
        do throws(TLSFileError) {
            return try TLSIdentity(certificatePEM: minted.chainPEM, keyPEM: minted.keyPEM)
        } catch {
            throw ClientIdentityError(reason: error.text)
        }
    }

    /// What the client asked for, what it connected to, and what it believes to be connected to.
    private func names(for client: ClientIdentityRequest) -> [String] {
        var names = client.serverName.map { [$0] } ?? []
        let listener = client.listener.host
        // These are no addresses of any machine, but a request to listen on all of them.
        if listener != "0.0.0.0", listener != "::" { names.append(listener) }
        if let address = client.address { names.append(address) }
        if client.address.map({ $0 == "::1" || $0.hasPrefix("127.") }) ?? client.listener.isLoopback {
            names += ["localhost", "127.0.0.1", "::1"]
        }
        return names + [self.server]
    }
}

extension Endpoint {
    fileprivate var isLoopback: Bool { ServerURL(scheme: .imap, endpoint: self).isLoopback }
}

extension TLSFileError {
    /// For people, behind the name of a file.
    var text: String {
        switch self {
        case .emptyCertificate, .emptyKey: "the file is empty"
        case .notACertificate(let reason): "this is no certificate: \(reason)"
        case .damagedCertificate(let position, let reason): "certificate \(position) is damaged: \(reason)"
        case .notAKey(let reason): "this is no private key: \(reason)"
        case .encryptedKey: "the private key is encrypted with a passphrase"
        case .wrongPassphrase: "the passphrase is wrong"
        case .keyDoesNotMatchCertificate: "the key is not the one of the certificate"
        }
    }
}
