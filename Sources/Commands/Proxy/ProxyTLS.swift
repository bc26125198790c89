import Cryptography
import IMAPSession
import NIOCore
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
    private let isQuiet: Bool
    let keyLog: KeyLogFile?

    init(_ settings: ProxySettings, upstream: ServerURL) throws {
        self.options = settings.tls
        self.upstream = upstream
        self.startTLS = settings.startTLS
        self.isQuiet = settings.isQuiet
        let path = settings.tls.keyLog?.path ?? Environment.value("SSLKEYLOGFILE").flatMap { $0.isEmpty ? nil : $0 }
        self.keyLog = try path.map { path throws(Failure) in try KeyLogFile(path: path) { writeNotice($0) } }
    }

    /// For a listener alone, without a key log.
    init(_ options: TLSOptions.Decided, startTLS: StartTLSPolicy, upstream: ServerURL) {
        self.options = options
        self.upstream = upstream
        self.startTLS = startTLS
        self.isQuiet = false
        self.keyLog = nil
    }

    /// What a listener's clients find.
    private func leg(_ url: ServerURL) -> ClientLeg {
        guard url.scheme == .imap else { return .tls }
        return switch self.startTLS ?? .offer {
        case .offer: .starttls(.offered)
        case .require: .starttls(.required)
        case .never: .starttls(.never)
        }
    }

    static func mayBeTLS(_ leg: ClientLeg) -> Bool { leg != .cleartext && leg != .starttls(.never) }

    /// Everything that can be wrong with the settings is found before an authority is made.
    func apply(_ urls: [ServerURL], to configuration: inout ProxyConfiguration) throws {
        configuration.options.handshakeTimeout = self.options.handshakeTimeout
        if self.upstream.scheme != .imap {
            configuration.options.upstream = self.upstream.scheme == .imaps ? .tls : .starttls
            configuration.upstreamTLS = try self.client()
        }
        let needsTLS = urls.contains { Self.mayBeTLS(self.leg($0)) }
        // Clients may know imapscope by its own address or by the server's.
        let hosts = [self.upstream.endpoint.host] + urls.map(\.endpoint.host)
        let context = try needsTLS ? self.server(&configuration, hosts: hosts) : nil
        configuration.listeners = urls.map { url in
            let leg = self.leg(url)
            return Listener(url.endpoint, leg: leg, tls: Self.mayBeTLS(leg) ? context : nil)
        }
        guard needsTLS, self.options.certificate == nil else { return }
        do {
            configuration.identities = try self.identities(&configuration.options)
        } catch let error as any ReportableError {
            // Nobody asked for TLS here in so many words: the rest works without it.
            guard self.startTLS == nil, !urls.contains(where: { $0.scheme == .imaps }) else { throw error }
            writeNotice("warning: STARTTLS is not offered to clients: \(TerminalText.escaped(error.summary))")
            configuration.listeners = urls.map { Listener($0.endpoint, leg: .starttls(.never)) }
        }
    }

    private var common: TLSCommonSettings {
        var common = TLSCommonSettings()
        common.minimumVersion = self.options.minimum.version
        common.cipherList = self.options.ciphers?.older
        common.cipherSuites = self.options.ciphers?.suites
        common.handshakeTimeout = .seconds(Int64(self.options.handshakeTimeout))
        if let keyLog { common.keyLog = { keyLog.append($0) } }
        return common
    }

    // MARK: - The client leg

    private func server(_ configuration: inout ProxyConfiguration, hosts: [String]) throws -> TLSContext {
        var settings = TLSServerSettings(identity: .byName { _ in .later })
        if let path = self.options.certificate?.path {
            settings.identity = .fixed(
                try self.identity(path, self.options.key?.path ?? path, hosts: hosts)
            )
            configuration.options.certificateFile = path
        }
        settings.common = self.common
        if let path = self.options.clientCA?.path { settings.clientCertificates = .verified(try self.trust(path)) }
        return try self.checked(certificate: self.options.certificate?.path) { () throws(TLSSettingError) in
            try TLSContext.server(settings)
        }
    }

    private func identities(_ options: inout ProxyOptions) throws -> ClientIdentities {
        let files = try AuthorityFiles()
        let stored = try files.loadOrCreate(now: .current)
        if stored.isNew, !self.isQuiet {
            writeNotice(
                "made a certificate authority in \(TerminalText.escaped(files.directory)); mail clients that use TLS have to "
                    + "trust it: imapscope ca export > imapscope-ca.pem, and install that file in the client or system"
            )
        }
        for warning in stored.warnings { writeNotice("warning: \(TerminalText.escaped(warning))") }
        options.authorityFile = files.certificatePath(.pem)
        let identities = ClientIdentities(server: self.upstream.endpoint.host)
        identities.use(stored.authority)
        return identities
    }

    /// What the user shows a peer. One that the peer should refuse is a mistake more often than a test.
    ///
    /// - Parameter hosts: what clients may call us; empty for a client certificate. Servers pin those: only the time of
    ///   one is judged.
    private func identity(_ path: String, _ key: String, hosts: [String]) throws -> TLSIdentity {
        let found = try CertificateFile.identity(certificate: path, key: key)
        for defect in ServerCertificateDefect.all(of: found.certificate, hosts: hosts, now: .current)
        where !hosts.isEmpty || defect.isOfTime {
            try self.refuse(CertificateFileError(path: path, reason: .server(defect)))
        }
        do throws(TLSFileError) {
            return try TLSIdentity(certificatePEM: found.chainPEM, keyPEM: found.keyPEM)
        } catch {
            throw Failure(.configuration, "\(path): \(error.text)")
        }
    }

    /// Throws, or warns of what the user allowed.
    private func refuse(_ error: CertificateFileError) throws {
        guard self.options.allowsBadCertificates else { throw error }
        writeNotice("warning: \(TerminalText.escaped(error.summary))")
    }

    /// What a peer's certificate is verified against, instead of what the system trusts.
    private func trust(_ path: String) throws -> TLSTrust {
        let chain = try CertificateFile.chain(path)
        let now = Timestamp.current
        if !chain.contains(where: { $0.isValid(at: now) }), let first = chain.first,
            let defect = ServerCertificateDefect.all(of: first, hosts: [], now: now).first(where: \.isOfTime)
        {
            try self.refuse(CertificateFileError(path: path, reason: .server(defect)))
        }
        return TLSTrust(files: [chain.flatMap(\.pem)])
    }

    // MARK: - The upstream leg

    private func client() throws -> TLSContext {
        var settings = TLSClientSettings(host: self.upstream.endpoint.host)
        settings.common = self.common
        if self.options.isInsecure { settings.verification = .none }
        if let path = self.options.upstreamCA?.path { settings.trust = try self.trust(path) }
        if let path = self.options.upstreamCertificate?.path {
            settings.identity = try self.identity(path, self.options.upstreamKey?.path ?? path, hosts: [])
        }
        return try self.checked(certificate: self.options.upstreamCertificate?.path) { () throws(TLSSettingError) in
            try TLSContext.client(settings)
        }
    }

    private func checked(
        certificate path: String?,
        _ make: () throws(TLSSettingError) -> TLSContext
    ) throws(Failure) -> TLSContext {
        do throws(TLSSettingError) {
            return try make()
        } catch {
            throw error.failure(certificate: path)
        }
    }
}

extension TLSSettingError {
    /// - Parameter path: the file of the certificate that is shown, if one is.
    fileprivate func failure(certificate path: String?) -> Failure {
        switch self {
        case .cipherList(let list), .cipherSuites(let list):
            Failure(
                .configuration,
                "--tls-ciphers: OpenSSL knows no cipher suite in “\(list)”",
                advice: "openssl ciphers -v lists their names"
            )
        case .systemTrust(let reason):
            Failure(
                .configuration,
                "the system's CA certificates cannot be read: \(reason)",
                advice: "--upstream-ca FILE names others"
            )
        case .identity(let reason):
            Failure(
                .configuration,
                "\(path ?? "the certificate"): OpenSSL cannot use it: \(reason)",
                advice: "a certificate with a key of at least RSA 2048 or EC 256, signed with SHA-256"
            )
        case .trust(let error): Failure(.configuration, "--upstream-ca: \(error.text)")
        case .groups(let list): Failure(.configuration, "OpenSSL knows no group in “\(list)”")
        case .serverName(let name): Failure(.configuration, "“\(name)” is no server name")
        case .applicationProtocol(let name): Failure(.configuration, "“\(name)” is no protocol name for ALPN")
        case .versions(let minimum, let maximum):
            Failure(.configuration, "OpenSSL allows no version from \(minimum) to \(maximum)")
        case .library(let reason): Failure(.software, "OpenSSL cannot work: \(reason)", blame: .imapscope)
        }
    }
}
