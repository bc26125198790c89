public import Cryptography

/// The certificates that a peer showed, its own first.
public struct TLSCertificateChain: Sendable, Hashable {
    public var certificates: [Certificate] = []
    /// Those that make no sense, and what the first of them lacks.
    public var unreadable = 0
    public var problem: CertificateProblem?
    /// RFC 8879: they came compressed, and are not unpacked.
    public var isCompressed = false

    public init() {}
}
