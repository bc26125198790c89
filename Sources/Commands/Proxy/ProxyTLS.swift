import Cryptography
import ProxyCore
import ProxyServer
import Reporting
import TLSTransport
import Traffic

/// Makes what both legs need for TLS: certificates to show, certificates to trust, and where secrets are logged.
struct ProxyTLS {
    private let options: TLSOptions.Decided
    private let upstream: ServerURL
    private let startTLS: StartTLSPolicy?
    private let keyLog: KeyLogFile?
    /// Where the secrets are logged, to be announced.
    let keyLogPath: String?

    init(_ settings: ProxySettings, upstream: ServerURL) throws {
        self.options = settings.tls
        self.upstream = upstream
        self.startTLS = settings.startTLS ?? (upstream.scheme == .imap ? nil : .offer)
        let path = settings.tls.keyLog?.path ?? Environment.value("SSLKEYLOGFILE").flatMap { $0.isEmpty ? nil : $0 }
        self.keyLogPath = path
        self.keyLog = try path.map { path throws(Failure) in try KeyLogFile(path: path) }
    }

    /// What a listener's clients find.
    private func leg(_ url: ServerURL) -> ClientLeg {
        guard url.scheme == .imap else { return .tls }
        return switch self.startTLS {
        case nil: .cleartext
        case .offer: .starttls(.offered)
        case .require: .starttls(.required)
        case .never: .starttls(.never)
        }
    }

    private static func mayBeTLS(_ leg: ClientLeg) -> Bool { leg != .cleartext && leg != .starttls(.never) }

    func apply(_ urls: [ServerURL], to configuration: inout ProxyConfiguration) throws {
        var source: ((ServerURL) -> TLSServerSettings.IdentitySource)?
        if urls.contains(where: { Self.mayBeTLS(self.leg($0)) }) { source = try self.source(&configuration) }
        configuration.listeners = try urls.map { url in
            let leg = self.leg(url)
            guard Self.mayBeTLS(leg), let source else { return Listener(url.endpoint, leg: leg) }
            var settings = TLSServerSettings(identity: source(url))
            settings.common = self.common
            return Listener(
                url.endpoint,
                leg: leg,
                tls: try Self.checked { () throws(TLSSettingError) in
                    try TLSContext.server(settings)
                }
            )
        }
        guard self.upstream.scheme != .imap else { return }
        configuration.options.upstream = self.upstream.scheme == .imaps ? .tls : .starttls
        configuration.upstreamTLS = try self.client()
    }

    private var common: TLSCommonSettings {
        var common = TLSCommonSettings()
        common.minimumVersion = self.options.minimum.version
        common.cipherList = self.options.ciphers?.older
        common.cipherSuites = self.options.ciphers?.suites
        if let keyLog { common.keyLog = { keyLog.append($0) } }
        return common
    }

    // MARK: - The client leg

    private func source(
        _ configuration: inout ProxyConfiguration
    ) throws -> (ServerURL) -> TLSServerSettings.IdentitySource {
        if let path = self.options.certificate?.path {
            let identity = try self.identity(path, self.options.key?.path)
            return { _ in .fixed(identity) }
        }
        let files = try AuthorityFiles()
        let stored = try files.loadOrCreate(now: .current)
        if stored.isNew {
            writeNotice(
                "made a certificate authority in \(TerminalText.escaped(files.directory)); mail clients have to trust it: "
                    + "imapscope ca export > imapscope-ca.pem, and install that file in the client or system"
            )
        }
        for warning in stored.warnings { writeNotice("warning: \(TerminalText.escaped(warning))") }
        configuration.options.authorityFile = files.certificatePath(.pem)
        let identities = try ClientIdentities(authority: stored.authority)
        configuration.upstreamCertificates = { identities.learn($0) }
        let server = self.upstream.endpoint.host
        return { url in
            let local = url.isLoopback ? ["localhost", "127.0.0.1", "::1"] : []
            let hosts = [url.endpoint.host] + local + [server]
            return .byName { name in identities.identity(for: name, at: hosts).map { .identity($0) } ?? .none }
        }
    }

    private func identity(_ certificate: String, _ key: String?) throws -> TLSIdentity {
        let found = try CertificateFile.identity(
            certificate: certificate,
            key: key ?? certificate,
            hosts: [],
            now: .current
        )
        return try TLSIdentity(certificatePEM: found.chainPEM, keyPEM: found.keyPEM)
    }

    // MARK: - The upstream leg

    private func client() throws -> TLSContext {
        var settings = TLSClientSettings(host: self.upstream.endpoint.host)
        settings.common = self.common
        if self.options.isInsecure { settings.verification = .none }
        if let path = self.options.upstreamCA?.path {
            settings.trust = TLSTrust(files: [try CertificateFile.chain(path).flatMap(\.pem)])
        }
        if let path = self.options.upstreamCertificate?.path {
            let chain = try CertificateFile.chain(path)
            let keyPath = self.options.upstreamKey?.path ?? path
            guard let identity = try ServerIdentity(chain: chain, key: try CertificateFile.key(keyPath)) else {
                throw CertificateFileError(path: keyPath, reason: .mismatch(certificate: path))
            }
            settings.identity = try TLSIdentity(certificatePEM: identity.chainPEM, keyPEM: identity.keyPEM)
        }
        return try Self.checked { () throws(TLSSettingError) in try TLSContext.client(settings) }
    }

    private static func checked(_ make: () throws(TLSSettingError) -> TLSContext) throws(Failure) -> TLSContext {
        do throws(TLSSettingError) {
            return try make()
        } catch {
            switch error {
            case .cipherList(let list), .cipherSuites(let list):
                throw Failure(
                    .configuration,
                    "--tls-ciphers: OpenSSL knows no cipher suite in “\(list)”",
                    advice: "openssl ciphers -v lists their names"
                )
            case .systemTrust(let reason):
                throw Failure(
                    .configuration,
                    "the system's CA certificates cannot be read: \(reason)",
                    advice: "--upstream-ca FILE names others"
                )
            default: throw Failure(.configuration, "TLS cannot be set up: \(error)")
            }
        }
    }
}
