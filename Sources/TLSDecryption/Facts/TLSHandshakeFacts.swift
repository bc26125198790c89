public import Traffic

/// What a handshake settled, as far as it can be seen: without keys that is less in TLS 1.3 than before.
public struct TLSHandshakeFacts: Sendable, Hashable {
    /// What became of data that a client sends before the handshake is over (RFC 8446 section 2.3).
    public enum EarlyData: Sendable, Hashable {
        case notOffered
        case offered
        case accepted
        case rejected
    }

    /// The first hello, or after a HelloRetryRequest the second one.
    public var clientHello: ClientHello?
    public var serverHello: ServerHello?
    /// The server asked for another ClientHello, in this group.
    public var hasHelloRetryRequest = false
    /// Ephemeral key exchange before TLS 1.3.
    public var keyExchangeGroup: NamedGroup?
    public var primeBits: Int?
    /// How the server signed the key exchange.
    public var serverSignature: SignatureScheme?
    public var clientSignature: SignatureScheme?
    public var applicationProtocol: String?
    public var serverCertificates = TLSCertificateChain()
    public var clientCertificates = TLSCertificateChain()
    public var asksForClientCertificate = false
    /// The session is an earlier one that goes on, so that no certificate is shown.
    public var isResumed = false
    public var earlyData = EarlyData.notOffered
    /// The content of the first Finished message before TLS 1.3: the channel binding tls-unique (RFC 5929 section 3.1).
    public var firstFinished: [UInt8]?
    /// The channel binding tls-exporter (RFC 9266), where the secrets are known.
    public var exporter: [UInt8]?
    /// Session tickets that the server gave.
    public var tickets = 0
    /// KeyUpdate messages of both sides (RFC 8446 section 4.6.3).
    public var keyUpdates = 0
    /// This is the n-th handshake on the connection: 0 is the first.
    public var renegotiation = 0
    /// Both sides have switched to the keys that were agreed.
    public var isComplete = false
    /// Whether records behind the handshake can be read.
    public var isDecrypted: [Direction: Bool] = [:]

    public init() {}

    public var version: ProtocolVersion? { self.serverHello?.version }
    public var cipherSuite: CipherSuite? { self.serverHello?.cipherSuite }
    public var serverName: String? { self.clientHello?.serverName }
    public var group: NamedGroup? { self.serverHello?.group ?? self.keyExchangeGroup }

    /// RFC 7627; TLS 1.3 always binds its secrets to the handshake.
    public var hasExtendedMasterSecret: Bool {
        guard let hello = self.serverHello else { return false }
        return hello.version.isTLS13 || hello.hasExtendedMasterSecret
    }

    /// RFC 5746; TLS 1.3 has no renegotiation.
    public var hasSecureRenegotiation: Bool {
        guard let hello = self.serverHello else { return false }
        return hello.version.isTLS13 || hello.hasSecureRenegotiation
    }

    /// Both sides speak a newer version than was chosen, as the server says itself (RFC 8446 section 4.1.3): somebody
    /// between them took it away.
    public var isDowngraded: Bool {
        guard let client = self.clientHello, let server = self.serverHello, let signalled = server.downgradeSentinel
        else { return false }
        return signalled == .tls12 ? client.newestVersion >= .tls13 : client.newestVersion >= .tls12
    }
}
