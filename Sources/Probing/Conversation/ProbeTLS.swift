/// A protocol version of TLS, without the library that speaks it.
public enum ProbeTLSVersion: Int, Sendable, Hashable, Comparable, CaseIterable, CustomStringConvertible {
    case tls10
    case tls11
    case tls12
    case tls13

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    public var description: String { "TLS 1.\(self.rawValue)" }
}

/// What a handshake offers the server.
public struct TLSOffer: Sendable, Hashable {
    public var versions: ClosedRange<ProbeTLSVersion>
    /// Suites up to TLS 1.2 in OpenSSL's language; nil: what clients offer.
    public var ciphers: String?

    public init(_ versions: ClosedRange<ProbeTLSVersion>, ciphers: String? = nil) {
        self.versions = versions
        self.ciphers = ciphers
    }

    /// What a client of today offers.
    public static let usual = TLSOffer(.tls12 ... .tls13)
    /// What a test offers that is not about versions: old servers are to be tested too.
    public static let any = TLSOffer(.tls10 ... .tls13)
}

/// What a handshake settled.
public struct ProbeTLS: Sendable, Hashable {
    public struct Certificate: Sendable, Hashable {
        public var subject: String
        public var issuer: String
        public var names: [String]
        /// Days in UTC, such as `2026-11-23`.
        public var notBefore: String
        public var notAfter: String
        public var daysLeft: Int
        public var key: String
        public var signatureAlgorithm: String
        public var fingerprint: String

        public init(
            subject: String,
            issuer: String,
            names: [String],
            notBefore: String,
            notAfter: String,
            daysLeft: Int,
            key: String,
            signatureAlgorithm: String,
            fingerprint: String
        ) {
            self.subject = subject
            self.issuer = issuer
            self.names = names
            self.notBefore = notBefore
            self.notAfter = notAfter
            self.daysLeft = daysLeft
            self.key = key
            self.signatureAlgorithm = signatureAlgorithm
            self.fingerprint = fingerprint
        }
    }

    public var version: ProbeTLSVersion
    public var cipherSuite: String
    public var certificate: Certificate?
    /// What verification found wrong; nil: nothing.
    public var problem: String?

    public init(
        version: ProbeTLSVersion,
        cipherSuite: String,
        certificate: Certificate? = nil,
        problem: String? = nil
    ) {
        self.version = version
        self.cipherSuite = cipherSuite
        self.certificate = certificate
        self.problem = problem
    }
}

/// What became of a handshake.
public enum HandshakeOutcome: Sendable, Hashable {
    case established(ProbeTLS)
    /// The server, or the connection, ended it; the reason in words.
    case refused(String)
    /// The TLS library here cannot offer it; the reason in words.
    case notOffered(String)
}
