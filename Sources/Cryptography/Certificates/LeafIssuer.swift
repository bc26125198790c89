import Synchronization
public import Traffic

/// Hands out server identities by name for the time that the program runs: one leaf key for all of them, and a cache of
/// what was minted. Any thread may ask.
public final class LeafIssuer: Sendable {
    /// More names than a proxy in front of real servers meets; what is forgotten is minted again.
    public static let cacheCapacity = 512

    public let authority: CertificateAuthority
    private let key: PrivateKey
    private let keyPEM: Secret
    private let cache = Mutex(LeastRecentlyUsed<LeafNames, ServerIdentity>(capacity: LeafIssuer.cacheCapacity))

    /// Makes the leaf key. `ecP256` makes handshakes several times cheaper; RSA serves the clients that do not know it.
    public init(authority: CertificateAuthority, leafKey: PrivateKey.Kind) throws(CryptographyError) {
        self.authority = authority
        self.key = try PrivateKey.generate(leafKey)
        self.keyPEM = try self.key.pem()
    }

    /// The identity for a client that asked for `hosts`, with the names of the real server's certificate if it is known.
    ///
    /// Nil when no host and no upstream name is fit for a certificate: give the listener's address as last host.
    public func identity(
        for hosts: [String],
        copying upstream: Certificate? = nil,
        now: Timestamp
    ) throws(CryptographyError) -> ServerIdentity? {
        let names = LeafNames(hosts: hosts, copying: upstream)
        if let known = self.cache.withLock({ $0.value(for: names) }), Self.isFresh(known.certificate, now) {
            return known
        }
        // Not under the lock: other threads need not wait for the signature. Two that mint the same name at the same
        // time both get a good certificate, and the later one stays.
        guard let leaf = try self.authority.mint(names, key: self.key, now: now) else { return nil }
        let identity = ServerIdentity(
            chain: [leaf, self.authority.certificate],
            keyPEM: self.keyPEM,
            omittedNames: names.omitted
        )
        self.cache.withLock { $0.set(identity, for: names) }
        return identity
    }

    /// How many identities are kept.
    public var cachedCount: Int { self.cache.withLock { $0.count } }

    /// A session may last for days: what ends within one is minted anew.
    private static func isFresh(_ certificate: Certificate, _ now: Timestamp) -> Bool {
        let margin = CertificateTime.day * 1_000_000_000
        return certificate.notBefore <= now && now.advanced(byNanoseconds: margin) <= certificate.notAfter
    }
}
