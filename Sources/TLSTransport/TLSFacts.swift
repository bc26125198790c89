import COpenSSL

/// What a handshake settled.
public struct TLSFacts: Sendable, Hashable {
    public var version: TLSVersion
    /// The registered name of the cipher suite.
    public var cipherSuite: String
    /// The key exchange group, such as `x25519`; nil where a resumed session had no key exchange, or RSA made it.
    public var group: String?
    /// How the server signed, such as `RSA-PSS SHA256`; nil in a resumed session.
    public var signature: String?
    public var applicationProtocol: String?
    /// The name of the server that the client asked for.
    public var serverName: String?
    public var isResumed: Bool
    /// The channel bindings tls-unique (RFC 5929; TLS 1.3 has none) and tls-exporter (RFC 9266).
    public var unique: [UInt8]?
    public var exporter: [UInt8]?
    /// RFC 7627; TLS 1.3 always has it.
    public var hasExtendedMasterSecret: Bool
    /// RFC 5746; TLS 1.3 has no renegotiation at all.
    public var hasSecureRenegotiation: Bool
    /// The peer's certificate, then what it sent above it.
    public var peerCertificates: [TLSCertificate]
    /// The certificate that this side showed as server; nil in a resumed session, where none is shown.
    public var ownCertificate: TLSCertificate?
    /// What verification found wrong although the connection goes on; nil: nothing, or there was no certificate.
    public var certificateProblem: TLSCertificateProblem?
}

extension TLSConnection {
    /// Read after the handshake.
    func facts() -> TLSFacts {
        let ssl = self.ssl
        let version = TLSVersion(rawValue: SSL_version(ssl)) ?? .tls12
        return TLSFacts(
            version: version,
            cipherSuite: SSL_get_current_cipher(ssl).flatMap(SSL_CIPHER_standard_name).map { String(cString: $0) }
                ?? "unknown",
            group: self.group(version),
            signature: self.signature(),
            applicationProtocol: self.applicationProtocol(),
            serverName: self.serverName,
            isResumed: SSL_session_reused(ssl) == 1,
            unique: version == .tls13 ? nil : self.unique(),
            exporter: self.exporter(),
            hasExtendedMasterSecret: version == .tls13 || imapscope_ssl_extended_master_secret(ssl) == 1,
            hasSecureRenegotiation: version == .tls13 || imapscope_ssl_secure_renegotiation(ssl) == 1,
            peerCertificates: self.peerCertificates(),
            ownCertificate: self.ownCertificate(),
            certificateProblem: self.certificateProblem()
        )
    }

    /// SNI.
    var serverName: String? {
        SSL_get_servername(self.ssl, TLSEXT_NAMETYPE_host_name).map { String(cString: $0) }
    }

    /// The first Finished message of the handshake: the client's, or the server's where a session is resumed.
    private func unique() -> [UInt8]? {
        let isOwn = (self.context.role == .client) != (SSL_session_reused(self.ssl) == 1)
        let value = [UInt8](unsafeUninitializedCapacity: 64) { buffer, count in
            count =
                isOwn
                ? SSL_get_finished(self.ssl, buffer.baseAddress, 64)
                : SSL_get_peer_finished(self.ssl, buffer.baseAddress, 64)
            count = min(count, 64)
        }
        return value.isEmpty ? nil : value
    }

    private func exporter() -> [UInt8]? {
        let label = "EXPORTER-Channel-Binding"
        var isMade: Int32 = 0
        let value = [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            isMade = SSL_export_keying_material(self.ssl, buffer.baseAddress, 32, label, label.utf8.count, "", 0, 1)
            count = isMade == 1 ? 32 : 0
        }
        guard isMade == 1 else {
            OpenSSLQueue.clear()
            return nil
        }
        return value
    }

    private func group(_ version: TLSVersion) -> String? {
        let id = imapscope_ssl_group(self.ssl)
        guard id != 0, version == .tls13 || SSL_session_reused(self.ssl) == 0 else { return nil }
        return imapscope_ssl_group_name(self.ssl, id).map { String(cString: $0) }
    }

    private func signature() -> String? {
        guard SSL_session_reused(self.ssl) == 0 else { return nil }
        var type: Int32 = 0
        var hash: Int32 = 0
        if self.context.role == .server {
            guard SSL_get_signature_type_nid(self.ssl, &type) == 1 else { return nil }
            _ = imapscope_ssl_own_signature(self.ssl, &hash)
        } else {
            guard SSL_get_peer_signature_type_nid(self.ssl, &type) == 1 else { return nil }
            _ = imapscope_ssl_peer_signature(self.ssl, &hash)
        }
        let name =
            switch type {
            case EVP_PKEY_RSA_PSS: "RSA-PSS"
            case EVP_PKEY_RSA: "RSA-PKCS1"
            case EVP_PKEY_EC: "ECDSA"
            default: OBJ_nid2sn(type).map { String(cString: $0) } ?? "unknown"
            }
        // Ed25519 and Ed448 hash by themselves.
        guard hash != NID_undef, let hash = OBJ_nid2sn(hash) else { return name }
        return "\(name) \(String(cString: hash))"
    }

    private func applicationProtocol() -> String? {
        var name: UnsafePointer<UInt8>?
        var count: UInt32 = 0
        SSL_get0_alpn_selected(self.ssl, &name, &count)
        guard let name, count > 0 else { return nil }
        return String(decoding: UnsafeBufferPointer(start: name, count: Int(count)), as: UTF8.self)
    }

    private func ownCertificate() -> TLSCertificate? {
        guard self.context.role == .server, SSL_session_reused(self.ssl) == 0 else { return nil }
        return self.shownIdentity?.certificates.first ?? SSL_get_certificate(self.ssl).map(TLSCertificate.init)
    }

    private func peerCertificates() -> [TLSCertificate] {
        let chain = SSL_get_peer_cert_chain(self.ssl)
        let sent = (0..<imapscope_x509_count(chain)).compactMap {
            imapscope_x509_at(chain, $0).map(TLSCertificate.init)
        }
        // A client's own certificate is not part of the chain that a server keeps.
        guard self.context.role == .server, let leaf = SSL_get0_peer_certificate(self.ssl) else { return sent }
        return [TLSCertificate(leaf)] + sent
    }
}
