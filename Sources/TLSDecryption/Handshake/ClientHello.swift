/// The first message of a handshake (RFC 8446 section 4.1.2, RFC 5246 section 7.4.1.2).
public struct ClientHello: Sendable, Hashable {
    /// The hello had the form of SSL 2.0.
    public var isSSLv2 = false
    /// What the message itself says; the newest version stands in ``versions``.
    public var legacyVersion: ProtocolVersion
    /// In the client's order; without the extension (RFC 8446 section 4.2.1) the one above alone.
    public var versions: [ProtocolVersion]
    public var random: [UInt8]
    public var sessionID: [UInt8]
    /// Numbers, in the client's order, values of GREASE among them.
    public var cipherSuites: [UInt16]
    public var compressionMethods: [UInt8]
    /// The types of all extensions, in their order.
    public var extensions: [UInt16] = []
    public var serverName: String?
    public var applicationProtocols: [String] = []
    public var groups: [NamedGroup] = []
    public var signatureSchemes: [SignatureScheme] = []
    /// The ticket of a session of TLS 1.2 or before (RFC 5077); empty: the client only asks for one.
    public var ticket: [UInt8]?
    public var offersExtendedMasterSecret = false
    public var offersEncryptThenMAC = false
    public var offersPreSharedKey = false
    public var offersEarlyData = false
    /// Also without meaning, as grease (RFC 9849 section 6.2).
    public var offersEncryptedClientHello = false

    /// RFC 7507: the client offers less than it can, because more has failed.
    public var signalsFallback: Bool { self.cipherSuites.contains(0x5600) }
    /// RFC 5746 section 3.3.
    public var signalsSecureRenegotiation: Bool {
        self.cipherSuites.contains(0x00FF) || self.extensions.contains(ExtensionType.renegotiationInfo)
    }
    /// The newest version that the client speaks.
    public var newestVersion: ProtocolVersion {
        self.versions.filter { !$0.isGREASE && $0.draft == nil }.max() ?? self.legacyVersion
    }

    init?(_ body: [UInt8]) {
        var reader = MessageReader(body)
        guard let version = reader.uint16(), let random = reader.take(ClientRandom.byteCount),
            let sessionID = reader.vector(1), var suites = reader.vector(2), let methods = reader.vector(1)
        else { return nil }
        self.legacyVersion = ProtocolVersion(version)
        self.versions = [self.legacyVersion]
        self.random = random
        self.sessionID = sessionID.rest
        self.cipherSuites = suites.uint16List()
        self.compressionMethods = methods.rest
        // Old clients send none, and some damaged ones; what stands before them is worth something.
        for entry in reader.extensions() ?? [] { self.read(entry) }
    }

    /// The form of SSL 2.0, behind its length (RFC 5246 appendix E.2).
    ///
    /// ```
    /// type 1 | version 2 | length of specs 2 | of session id 2 | of challenge 2 | specs of 3 | session id | challenge
    /// ```
    init?(sslv2 octets: [UInt8]) {
        var reader = MessageReader(octets)
        guard reader.integer(1) == 1, let version = reader.uint16(), let specs = reader.integer(2),
            let identifier = reader.integer(2), let challenge = reader.integer(2), let list = reader.take(specs),
            let sessionID = reader.take(identifier), let random = reader.take(challenge),
            random.count <= ClientRandom.byteCount
        else { return nil }
        self.isSSLv2 = true
        self.legacyVersion = ProtocolVersion(version)
        self.versions = [self.legacyVersion]
        // The challenge stands to the right in the random.
        self.random = [UInt8](repeating: 0, count: ClientRandom.byteCount - random.count) + random
        self.sessionID = sessionID
        self.compressionMethods = [0]
        // Those that begin with another octet than zero are suites of SSL 2.0.
        self.cipherSuites = []
        for index in stride(from: 0, to: list.count - 2, by: 3) where list[index] == 0 {
            self.cipherSuites.append(UInt16(list[index + 1]) << 8 | UInt16(list[index + 2]))
        }
    }

    private mutating func read(_ entry: HelloExtension) {
        var content = entry.content
        self.extensions.append(entry.type)
        switch entry.type {
        case ExtensionType.serverName:
            // RFC 6066 section 3: a list of one kind of name.
            guard var list = content.vector(2), list.integer(1) == 0, let name = list.vector(2) else { return }
            self.serverName = String(decoding: name.rest, as: UTF8.self)
        case ExtensionType.applicationProtocols: self.applicationProtocols = content.protocolNames()
        case ExtensionType.supportedGroups:
            guard var list = content.vector(2) else { return }
            self.groups = list.uint16List().map(NamedGroup.init)
        case ExtensionType.signatureAlgorithms:
            guard var list = content.vector(2) else { return }
            self.signatureSchemes = list.uint16List().map(SignatureScheme.init)
        case ExtensionType.supportedVersions:
            guard var list = content.vector(1) else { return }
            self.versions = list.uint16List().map(ProtocolVersion.init)
        case ExtensionType.sessionTicket: self.ticket = content.rest
        case ExtensionType.extendedMasterSecret: self.offersExtendedMasterSecret = true
        case ExtensionType.encryptThenMAC: self.offersEncryptThenMAC = true
        case ExtensionType.preSharedKey: self.offersPreSharedKey = true
        case ExtensionType.earlyData: self.offersEarlyData = true
        case ExtensionType.encryptedClientHello: self.offersEncryptedClientHello = true
        default: break
        }
    }
}

extension MessageReader {
    /// RFC 7301 section 3.1.
    mutating func protocolNames() -> [String] {
        guard var list = self.vector(2) else { return [] }
        var names: [String] = []
        while let name = list.vector(1) { names.append(String(decoding: name.rest, as: UTF8.self)) }
        return names
    }
}
