import COpenSSL
public import Traffic

/// Opens what an AEAD cipher sealed (RFC 5116): nothing comes out unless the tag is right.
public final class AuthenticatedCipher {
    /// The algorithms of TLS, by OpenSSL's names.
    public enum Algorithm: String, Sendable, Hashable, CaseIterable {
        case aes128GCM = "AES-128-GCM"
        case aes256GCM = "AES-256-GCM"
        case aes128CCM = "AES-128-CCM"
        case aes256CCM = "AES-256-CCM"
        case chaCha20Poly1305 = "ChaCha20-Poly1305"
        case aria128GCM = "ARIA-128-GCM"
        case aria256GCM = "ARIA-256-GCM"

        public var keyByteCount: Int {
            switch self {
            case .aes128GCM, .aes128CCM, .aria128GCM: 16
            case .aes256GCM, .aes256CCM, .aria256GCM, .chaCha20Poly1305: 32
            }
        }

        /// CCM works the lengths into its first block and has to be told all of them beforehand (RFC 3610 section 2.2).
        var needsLengths: Bool { self == .aes128CCM || self == .aes256CCM }
    }

    public static let nonceByteCount = 12

    public let algorithm: Algorithm
    public let tagByteCount: Int
    private let context: CipherContext

    public init(_ algorithm: Algorithm, key: Secret, tagByteCount: Int = 16) throws(CryptographyError) {
        precondition((4...16).contains(tagByteCount), "no AEAD cipher has a tag of this length")
        self.algorithm = algorithm
        self.tagByteCount = tagByteCount
        self.context = try CipherContext(algorithm.rawValue, key: key) { context in
            EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN, Int32(Self.nonceByteCount), nil) == 1
                && (!algorithm.needsLengths
                    || EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tagByteCount), nil) == 1)
        }
    }

    /// Decrypts `sealed`, ciphertext and then tag, to the beginning of `output`, which has room for the ciphertext.
    ///
    /// - Returns: the octets of content; nil when the tag does not fit, and then `output` holds nothing of meaning.
    public func open(
        _ sealed: RawSpan,
        nonce: UnsafeRawBufferPointer,
        authenticating additional: UnsafeRawBufferPointer,
        into output: UnsafeMutableBufferPointer<UInt8>
    ) -> Int? {
        let count = sealed.byteCount - self.tagByteCount
        guard count >= 0, nonce.count == Self.nonceByteCount, output.count >= count, let target = output.baseAddress
        else { return nil }
        return sealed.withUnsafeBytes { sealed in
            let input = sealed.bindMemory(to: UInt8.self)
            let context = self.context.pointer
            let tag = UnsafeMutableRawPointer(mutating: sealed.baseAddress! + count)
            let isRight: Bool
            if self.algorithm.needsLengths {
                isRight =
                    self.set(tag) && self.set(nonce) && self.update(nil, nil, count)
                    && self.update(nil, additional.bindMemory(to: UInt8.self).baseAddress, additional.count)
                    && self.update(target, input.baseAddress, count)
            } else {
                var rest: Int32 = 0
                isRight =
                    self.set(nonce)
                    && self.update(nil, additional.bindMemory(to: UInt8.self).baseAddress, additional.count)
                    && (count == 0 || self.update(target, input.baseAddress, count))
                    && self.set(tag) && EVP_DecryptFinal_ex(context, target + count, &rest) == 1
            }
            guard isRight else {
                ERR_clear_error()
                return nil
            }
            return count
        }
    }

    private func set(_ nonce: UnsafeRawBufferPointer) -> Bool {
        EVP_DecryptInit_ex2(
            self.context.pointer,
            nil,
            nil,
            nonce.bindMemory(to: UInt8.self).baseAddress,
            nil
        ) == 1
    }

    private func set(_ tag: UnsafeMutableRawPointer) -> Bool {
        EVP_CIPHER_CTX_ctrl(self.context.pointer, EVP_CTRL_AEAD_SET_TAG, Int32(self.tagByteCount), tag) == 1
    }

    private func update(_ output: UnsafeMutablePointer<UInt8>?, _ input: UnsafePointer<UInt8>?, _ count: Int) -> Bool {
        var done: Int32 = 0
        return EVP_DecryptUpdate(self.context.pointer, output, &done, input, Int32(count)) == 1
    }
}
