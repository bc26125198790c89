import COpenSSL
import NIOCore

/// The settings of one role, checked and in OpenSSL's form; any number of connections share it on any thread.
public final class TLSContext: @unchecked Sendable {
    // Unchecked: an SSL_CTX is not changed after init, and OpenSSL locks its session cache itself.
    let pointer: OpaquePointer
    public let role: TLSRole
    let common: TLSCommonSettings
    let server: TLSServerSettings?
    let client: TLSClientSettings?
    let sessions = TLSSessionStore()
    /// The ALPN extension's list of names.
    let applicationProtocols: [UInt8]

    public static func server(_ settings: TLSServerSettings) throws(TLSSettingError) -> TLSContext {
        let context = try TLSContext(role: .server, common: settings.common, server: settings, client: nil)
        try context.configure(settings)
        return context
    }

    public static func client(_ settings: TLSClientSettings) throws(TLSSettingError) -> TLSContext {
        let context = try TLSContext(role: .client, common: settings.common, server: nil, client: settings)
        try context.configure(settings)
        return context
    }

    private init(
        role: TLSRole,
        common: TLSCommonSettings,
        server: TLSServerSettings?,
        client: TLSClientSettings?
    ) throws(TLSSettingError) {
        OpenSSLQueue.clear()
        guard let pointer = SSL_CTX_new(role == .server ? TLS_server_method() : TLS_client_method()) else {
            throw .library(reason: OpenSSLQueue.takeReason() ?? "no context")
        }
        self.pointer = pointer
        self.role = role
        self.common = common
        self.server = server
        self.client = client
        self.applicationProtocols = common.applicationProtocols.flatMap { [UInt8(clamping: $0.utf8.count)] + $0.utf8 }
        for name in common.applicationProtocols where !(1...255).contains(name.utf8.count) {
            throw .applicationProtocol(name)
        }
        SSL_CTX_set_ex_data(pointer, Self.index, Unmanaged.passUnretained(self).toOpaque())
        // An idle connection holds no record buffers.
        imapscope_ssl_ctx_set_mode(pointer, Int(SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER))
        // Renegotiation is refused (RFC 9325 section 3.5); compression leaks secrets (RFC 9325 section 3.3).
        SSL_CTX_set_options(pointer, Self.options)
        try self.setVersionsAndCiphers(common)
        if common.keyLog != nil {
            SSL_CTX_set_keylog_callback(pointer) { ssl, line in
                guard let line, let sink = TLSContext.of(ssl)?.common.keyLog else { return }
                sink(String(cString: line))
            }
        }
    }

    deinit {
        SSL_CTX_free(self.pointer)
    }

    /// Whether a peer with a wrong certificate is refused.
    public var verifiesPeer: Bool { self.client?.verification == .full }

    private static let options =
        SSL_OP_NO_COMPRESSION_BIT | SSL_OP_NO_RENEGOTIATION_BIT | SSL_OP_CIPHER_SERVER_PREFERENCE_BIT
        | SSL_OP_PRIORITIZE_CHACHA_BIT

    private func setVersionsAndCiphers(_ common: TLSCommonSettings) throws(TLSSettingError) {
        let pointer = self.pointer
        guard common.minimumVersion <= common.maximumVersion,
            imapscope_ssl_ctx_set_min_version(pointer, common.minimumVersion.rawValue) == 1,
            imapscope_ssl_ctx_set_max_version(pointer, common.maximumVersion.rawValue) == 1
        else { throw .versions(minimum: common.minimumVersion, maximum: common.maximumVersion) }
        if let list = common.cipherList, SSL_CTX_set_cipher_list(pointer, list) != 1 {
            OpenSSLQueue.clear()
            throw .cipherList(list)
        }
        if let suites = common.cipherSuites, SSL_CTX_set_ciphersuites(pointer, suites) != 1 {
            OpenSSLQueue.clear()
            throw .cipherSuites(suites)
        }
        if let groups = common.groups, imapscope_ssl_ctx_set_groups(pointer, groups) != 1 {
            OpenSSLQueue.clear()
            throw .groups(groups)
        }
        guard common.minimumVersion < .tls12 else { return }
        // Before TLS 1.2 signatures are made over MD5 and SHA-1, which OpenSSL allows at level 0 alone.
        SSL_CTX_set_security_level(pointer, 0)
        // Servers that old know no secure renegotiation (RFC 5746); there is none, secure or not.
        if self.role == .client { SSL_CTX_set_options(pointer, SSL_OP_LEGACY_SERVER_CONNECT_BIT) }
    }

    // MARK: - From OpenSSL's callbacks back to the context

    private static let index = imapscope_ssl_ctx_index()

    static func of(_ ssl: OpaquePointer?) -> TLSContext? {
        guard let ssl, let found = SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), Self.index) else { return nil }
        return Unmanaged<TLSContext>.fromOpaque(found).takeUnretainedValue()
    }
}

/// Which side of the handshake this end is.
public enum TLSRole: Sendable, Hashable {
    case server
    case client
}
