import COpenSSL
public import Traffic

/// A certificate chain and its private key: what a leg shows its peer.
///
/// Checked once, then used by any number of connections on any thread.
public final class TLSIdentity: @unchecked Sendable {
    // Unchecked: the objects are read only after init, and OpenSSL counts their references atomically.
    let certificate: OpaquePointer
    let key: OpaquePointer
    /// The certificates above the leaf.
    let chain: OpaquePointer

    /// The leaf, then what signs it.
    public let certificates: [TLSCertificate]

    /// Takes PEM files: the leaf first, then the chain; the key, which may be in the same file.
    public convenience init(
        certificatePEM: [UInt8],
        keyPEM: Secret,
        passphrase: Secret? = nil
    ) throws(TLSFileError) {
        let certificates = try PEM.certificates(certificatePEM)
        let key: OpaquePointer
        do throws(TLSFileError) {
            key = try PEM.privateKey(keyPEM, passphrase: passphrase)
        } catch {
            for certificate in certificates { X509_free(certificate) }
            throw error
        }
        try self.init(owned: certificates, key: key)
    }

    /// Takes DER: the leaf first, then the chain; the key as PKCS #8 or in the form of its algorithm.
    public convenience init(certificatesDER: [[UInt8]], keyDER: Secret) throws(TLSFileError) {
        guard !certificatesDER.isEmpty else { throw .emptyCertificate }
        var certificates: [OpaquePointer] = []
        OpenSSLQueue.clear()
        for der in certificatesDER {
            guard let certificate = TLSCertificate.decode(der) else {
                for certificate in certificates { X509_free(certificate) }
                let reason = OpenSSLQueue.takeReason() ?? "not DER"
                throw .damagedCertificate(position: certificates.count + 1, reason: reason)
            }
            certificates.append(certificate)
        }
        let key = keyDER.withBytes { octets in
            var cursor: UnsafePointer<UInt8>? = octets.baseAddress?.assumingMemoryBound(to: UInt8.self)
            return d2i_AutoPrivateKey(nil, &cursor, octets.count)
        }
        guard let key else {
            for certificate in certificates { X509_free(certificate) }
            throw .notAKey(reason: OpenSSLQueue.takeReason() ?? "not DER")
        }
        try self.init(owned: certificates, key: key)
    }

    /// Takes over the references; `certificates` is not empty.
    private init(owned certificates: [OpaquePointer], key: OpaquePointer) throws(TLSFileError) {
        let stack = imapscope_x509_stack()
        for certificate in certificates.dropFirst() { _ = imapscope_x509_push(stack, certificate) }
        OpenSSLQueue.clear()
        guard let stack, let leaf = certificates.first, X509_check_private_key(leaf, key) == 1 else {
            OpenSSLQueue.clear()
            for certificate in certificates { X509_free(certificate) }
            EVP_PKEY_free(key)
            throw .keyDoesNotMatchCertificate
        }
        self.certificate = leaf
        self.key = key
        self.chain = stack
        self.certificates = certificates.map(TLSCertificate.init)
    }

    deinit {
        X509_free(self.certificate)
        EVP_PKEY_free(self.key)
        imapscope_x509_stack_free(self.chain)
    }
}
