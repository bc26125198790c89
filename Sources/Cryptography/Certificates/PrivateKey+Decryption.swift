import COpenSSL
public import Traffic

extension PrivateKey {
    /// Undoes RSAES-PKCS1-v1_5 (RFC 8017 section 7.2.2).
    ///
    /// - Returns: nil when this is no RSA key, or the ciphertext was not made for it. A newer OpenSSL gives random octets
    ///   instead of the latter, so what comes out has to be checked.
    public func decryptPKCS1(_ ciphertext: [UInt8]) -> Secret? {
        guard self.type == "RSA", let context = EVP_PKEY_CTX_new_from_pkey(nil, self.pointer, nil) else { return nil }
        defer {
            EVP_PKEY_CTX_free(context)
            ERR_clear_error()
        }
        guard EVP_PKEY_decrypt_init(context) == 1, EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1
        else { return nil }
        var count = 0
        guard EVP_PKEY_decrypt(context, nil, &count, ciphertext, ciphertext.count) == 1, count > 0 else { return nil }
        var octets = [UInt8](repeating: 0, count: count)
        defer { octets.cleanse() }
        guard EVP_PKEY_decrypt(context, &octets, &count, ciphertext, ciphertext.count) == 1 else { return nil }
        return Secret(octets.prefix(count))
    }
}
