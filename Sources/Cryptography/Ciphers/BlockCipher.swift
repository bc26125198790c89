import COpenSSL
public import Traffic

/// Decrypts cipher block chaining (NIST SP 800-38A section 6.2). It checks nothing: whoever calls it has a MAC for that.
public final class BlockCipher {
    /// The ciphers of TLS, by OpenSSL's names. The last ones are in its legacy provider.
    public enum Algorithm: String, Sendable, Hashable, CaseIterable {
        case aes128CBC = "AES-128-CBC"
        case aes256CBC = "AES-256-CBC"
        case camellia128CBC = "CAMELLIA-128-CBC"
        case camellia256CBC = "CAMELLIA-256-CBC"
        case aria128CBC = "ARIA-128-CBC"
        case aria256CBC = "ARIA-256-CBC"
        case tripleDESCBC = "DES-EDE3-CBC"
        case seedCBC = "SEED-CBC"
        case ideaCBC = "IDEA-CBC"
        case desCBC = "DES-CBC"

        public var keyByteCount: Int {
            switch self {
            case .aes128CBC, .camellia128CBC, .aria128CBC, .seedCBC, .ideaCBC: 16
            case .aes256CBC, .camellia256CBC, .aria256CBC: 32
            case .tripleDESCBC: 24
            case .desCBC: 8
            }
        }

        public var blockByteCount: Int {
            switch self {
            case .tripleDESCBC, .ideaCBC, .desCBC: 8
            default: 16
            }
        }
    }

    public let algorithm: Algorithm
    private let context: CipherContext

    public init(_ algorithm: Algorithm, key: Secret) throws(CryptographyError) {
        self.algorithm = algorithm
        self.context = try CipherContext(algorithm.rawValue, key: key) { context in
            EVP_CIPHER_CTX_set_padding(context, 0) == 1
        }
        _ = EVP_CIPHER_CTX_set_padding(self.context.pointer, 0)
    }

    /// Decrypts whole blocks to the beginning of `output`, which has room for as many octets.
    ///
    /// - Returns: false when `ciphertext` is no whole number of blocks.
    public func decrypt(
        _ ciphertext: RawSpan,
        initializationVector: RawSpan,
        into output: UnsafeMutableBufferPointer<UInt8>
    ) -> Bool {
        let block = self.algorithm.blockByteCount
        guard ciphertext.byteCount % block == 0, initializationVector.byteCount == block,
            output.count >= ciphertext.byteCount
        else { return false }
        guard ciphertext.byteCount > 0 else { return true }
        var done: Int32 = 0
        let succeeded = initializationVector.withUnsafeBytes { vector in
            ciphertext.withUnsafeBytes { input in
                EVP_DecryptInit_ex2(
                    self.context.pointer,
                    nil,
                    nil,
                    vector.bindMemory(to: UInt8.self).baseAddress,
                    nil
                ) == 1
                    && EVP_DecryptUpdate(
                        self.context.pointer,
                        output.baseAddress,
                        &done,
                        input.bindMemory(to: UInt8.self).baseAddress,
                        Int32(input.count)
                    ) == 1
            }
        }
        guard succeeded, Int(done) == ciphertext.byteCount else {
            ERR_clear_error()
            return false
        }
        return true
    }
}
