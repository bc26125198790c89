import COpenSSL
public import Traffic

/// HMAC (RFC 2104) with the key worked in once, for many messages in pieces.
public final class KeyedHash {
    public let digest: Digest
    private let context: OpaquePointer

    public init(_ digest: Digest, key: Secret) throws(CryptographyError) {
        self.digest = digest
        let algorithm = EVP_MAC_fetch(nil, "HMAC", nil)
        defer { EVP_MAC_free(algorithm) }
        guard let algorithm, let context = EVP_MAC_CTX_new(algorithm) else {
            throw CryptographyError(operation: "HMAC \(digest.rawValue)")
        }
        self.context = context
        var name = Array(digest.rawValue.utf8CString)
        let succeeded = name.withUnsafeMutableBufferPointer { name in
            let parameters = [
                OSSL_PARAM_construct_utf8_string("digest", name.baseAddress, 0), OSSL_PARAM_construct_end(),
            ]
            return key.withBytes { key in
                EVP_MAC_init(context, key.bindMemory(to: UInt8.self).baseAddress, key.count, parameters)
            }
        }
        guard succeeded == 1 else { throw CryptographyError(operation: "HMAC \(digest.rawValue)") }
    }

    deinit {
        EVP_MAC_CTX_free(self.context)
    }

    /// Begins the next message.
    public func begin() {
        EVP_MAC_init(self.context, nil, 0, nil)
    }

    public func update(_ octets: UnsafeRawBufferPointer) {
        EVP_MAC_update(self.context, octets.bindMemory(to: UInt8.self).baseAddress, octets.count)
    }

    /// Ends the message.
    public func finish() -> [UInt8] {
        var code = [UInt8](repeating: 0, count: self.digest.byteCount)
        var count = 0
        // Without success the code stays zeros and fits nothing.
        EVP_MAC_final(self.context, &code, &count, code.count)
        return code
    }
}
