import COpenSSL

extension TLSContext {
    /// - Parameter forClients: whether the names of the files' certificates are told, by which clients choose one of their
    ///   own (RFC 8446 section 4.2.4).
    func load(_ trust: TLSTrust, forClients: Bool = false) throws(TLSSettingError) {
        OpenSSLQueue.clear()
        if trust.includesSystem, SSL_CTX_set_default_verify_paths(self.pointer) != 1 {
            throw .systemTrust(reason: OpenSSLQueue.takeReason() ?? "not readable")
        }
        guard !trust.files.isEmpty, let store = SSL_CTX_get_cert_store(self.pointer) else { return }
        for file in trust.files {
            let certificates: [OpaquePointer]
            do throws(TLSFileError) {
                certificates = try PEM.certificates(file)
            } catch {
                throw .trust(error)
            }
            for certificate in certificates {
                X509_STORE_add_cert(store, certificate)
                if forClients { SSL_CTX_add_client_CA(self.pointer, certificate) }
                X509_free(certificate)
            }
        }
        // A certificate in a file that was named is trusted as it is, an intermediate one too.
        X509_STORE_set_flags(store, UInt(X509_V_FLAG_PARTIAL_CHAIN))
    }
}
