import COpenSSL
public import Traffic

/// The stream cipher of old TLS (forbidden since RFC 7465). What was decrypted is used up: the stream has one position.
public final class RC4 {
    private let context: CipherContext

    /// Throws where OpenSSL has no legacy provider.
    public init(key: Secret) throws(CryptographyError) {
        self.context = try CipherContext("RC4", key: key)
    }

    /// Decrypts the next octets to the beginning of `output`, which has room for them.
    public func decrypt(_ ciphertext: RawSpan, into output: UnsafeMutableBufferPointer<UInt8>) -> Bool {
        guard output.count >= ciphertext.byteCount else { return false }
        guard ciphertext.byteCount > 0 else { return true }
        var done: Int32 = 0
        let succeeded = ciphertext.withUnsafeBytes { input in
            EVP_DecryptUpdate(
                self.context.pointer,
                output.baseAddress,
                &done,
                input.bindMemory(to: UInt8.self).baseAddress,
                Int32(input.count)
            ) == 1
        }
        if !succeeded { ERR_clear_error() }
        return succeeded && Int(done) == ciphertext.byteCount
    }
}
