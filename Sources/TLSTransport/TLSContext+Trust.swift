import COpenSSL

extension TLSContext {
    func load(_ trust: TLSTrust) throws(TLSSettingError) {
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
                X509_free(certificate)
            }
        }
        // A certificate in a file that was named is trusted as it is, an intermediate one too.
        X509_STORE_set_flags(store, UInt(X509_V_FLAG_PARTIAL_CHAIN))
    }
}
