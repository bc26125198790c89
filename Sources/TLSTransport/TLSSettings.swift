public import NIOCore

/// What both roles can be told.
public struct TLSCommonSettings: Sendable {
    public var minimumVersion = TLSVersion.tls12
    public var maximumVersion = TLSVersion.tls13
    /// Suites up to TLS 1.2 in OpenSSL's language; nil: OpenSSL's default. Versions before 1.2 and a list that names
    /// `@SECLEVEL=0` lower the security level of this context alone.
    public var cipherList: String?
    /// TLS 1.3 suites, separated by colons.
    public var cipherSuites: String?
    /// Key exchange groups, separated by colons.
    public var groups: String?
    /// In order of preference (RFC 7301); none: the extension is neither sent nor answered.
    public var applicationProtocols = ["imap"]
    /// Whether earlier sessions are taken up again.
    public var resumesSessions = true
    /// The whole handshake must be over by then.
    public var handshakeTimeout = TimeAmount.seconds(30)
    /// Takes one line of RFC 9850 without line end. Called on the event loop of the connection.
    public var keyLog: (@Sendable (String) -> Void)?

    public init() {}
}

/// For the leg of a client: this side is the server.
public struct TLSServerSettings: Sendable {
    /// Where the certificate comes from.
    public enum IdentitySource: Sendable {
        case fixed(TLSIdentity)
        /// Asked once for each full handshake, on the event loop.
        case byName(@Sendable (_ serverName: String?) -> IdentityAnswer)
    }

    public enum IdentityAnswer: Sendable {
        case identity(TLSIdentity)
        /// The handshake ends with the alert `unrecognized_name`.
        case none
        /// The handshake waits: ``TLSEvent/clientHello(serverName:keys:)`` goes up, and ``TLSHandler/provide(_:)`` answers.
        case later
    }

    /// Whether the client is asked for a certificate.
    public enum ClientCertificates: Sendable {
        case ignored
        /// Any certificate will do, none will too; what verification thinks of it is a fact.
        case requested(TLSTrust)
        /// None will do, but one that is shown must verify.
        case verified(TLSTrust)
        /// One is required and must verify.
        case required(TLSTrust)
    }

    public var common = TLSCommonSettings()
    public var identity: IdentitySource
    public var clientCertificates = ClientCertificates.ignored
    /// TLS 1.3 tickets sent after a full handshake.
    public var ticketCount = 2
    /// Sessions of TLS 1.2 clients that take no tickets are kept in memory, up to this number.
    public var sessionCacheSize = 1024

    public init(identity: IdentitySource) {
        self.identity = identity
    }
}

/// For the leg of the upstream server: this side is the client.
public struct TLSClientSettings: Sendable {
    public enum Verification: Sendable, Hashable {
        /// The chain must verify and the certificate must name the host.
        case full
        /// Anything is accepted; what is wrong becomes a fact.
        case none
    }

    public var common = TLSCommonSettings()
    public var verification = Verification.full
    public var trust = TLSTrust.system
    /// The host that is meant: a DNS name, sent as SNI, or an IP address, which SNI cannot carry (RFC 6066 section 3).
    public var host: String
    /// Another name for SNI; empty: no SNI.
    public var serverName: String?
    /// Shown when the server asks for a certificate.
    public var identity: TLSIdentity?

    public init(host: String) {
        self.host = host
    }
}

/// The certificates that verification begins from.
public struct TLSTrust: Sendable, Hashable {
    public var includesSystem: Bool
    /// PEM files. What they hold is trusted whether it signed itself or not.
    public var files: [[UInt8]]

    public init(includesSystem: Bool = false, files: [[UInt8]] = []) {
        self.includesSystem = includesSystem
        self.files = files
    }

    /// What the operating system trusts.
    public static let system = TLSTrust(includesSystem: true)
}
