/// What the server chose (RFC 8446 section 4.1.3, RFC 5246 section 7.4.1.3).
public struct ServerHello: Sendable, Hashable {
    /// The version that is spoken: that of the extension, where there is one.
    public var version: ProtocolVersion
    public var random: [UInt8]
    public var sessionID: [UInt8]
    public var cipherSuite: CipherSuite
    public var compressionMethod: UInt8
    public var extensions: [UInt16] = []
    /// TLS 1.3 only; before, the group stands in ServerKeyExchange.
    public var group: NamedGroup?
    /// Before TLS 1.3 only; since then it is encrypted.
    public var applicationProtocol: String?
    public var hasExtendedMasterSecret = false
    public var hasEncryptThenMAC = false
    public var hasTruncatedHMAC = false
    public var hasSecureRenegotiation = false
    /// TLS 1.3: the server took a key that both have from before.
    public var choosesPreSharedKey = false

    /// The server asks for another ClientHello (RFC 8446 section 4.1.4).
    public var isHelloRetryRequest: Bool { self.random == Self.retryRandom }

    /// The end of the random by which a server that speaks a newer version says so (RFC 8446 section 4.1.3).
    public var downgradeSentinel: ProtocolVersion? {
        guard self.random.dropLast().suffix(7) == [0x44, 0x4F, 0x57, 0x4E, 0x47, 0x52, 0x44] else { return nil }
        switch self.random.last {
        case 1: return .tls12
        case 0: return .tls11
        default: return nil
        }
    }

    /// SHA-256 of "HelloRetryRequest".
    private static let retryRandom: [UInt8] = [
        0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91,
        0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C,
    ]

    init?(_ body: [UInt8]) {
        var reader = MessageReader(body)
        guard let version = reader.uint16(), let random = reader.take(ClientRandom.byteCount),
            let sessionID = reader.vector(1), let suite = reader.uint16(), let method = reader.integer(1)
        else { return nil }
        self.version = ProtocolVersion(version)
        self.random = random
        self.sessionID = sessionID.rest
        self.cipherSuite = CipherSuite(id: suite)
        self.compressionMethod = UInt8(method)
        for entry in reader.extensions() ?? [] { self.read(entry) }
    }

    private mutating func read(_ entry: HelloExtension) {
        var content = entry.content
        self.extensions.append(entry.type)
        switch entry.type {
        case ExtensionType.supportedVersions:
            if let version = content.uint16() { self.version = ProtocolVersion(version) }
        case ExtensionType.keyShare: self.group = content.uint16().map(NamedGroup.init)
        case ExtensionType.applicationProtocols: self.applicationProtocol = content.protocolNames().first
        case ExtensionType.extendedMasterSecret: self.hasExtendedMasterSecret = true
        case ExtensionType.encryptThenMAC: self.hasEncryptThenMAC = true
        case ExtensionType.truncatedHMAC: self.hasTruncatedHMAC = true
        case ExtensionType.renegotiationInfo: self.hasSecureRenegotiation = true
        case ExtensionType.preSharedKey: self.choosesPreSharedKey = true
        default: break
        }
    }
}
