import COpenSSL

/// OpenSSL's module with the algorithms that nothing new should use.
///
/// It lives in a library context of its own: loaded into the common one it would be there for TLS too.
public struct LegacyProvider: Sendable {
    // Unchecked: the context is complete before it is shared, and OpenSSL locks what it changes later.
    private struct Context: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    private let context: Context

    /// Nil if the module is not installed.
    ///
    /// What is loaded stays for the time that the program runs.
    public init?(named name: String = "legacy") {
        guard let pointer = OSSL_LIB_CTX_new() else { return nil }
        guard OSSL_PROVIDER_load(pointer, name) != nil else {
            OSSL_LIB_CTX_free(pointer)
            ERR_clear_error()
            return nil
        }
        self.context = Context(pointer: pointer)
    }

    /// The installed one, looked for once.
    public static let installed = LegacyProvider()

    /// MD4 (RFC 1320): the hash of NTLM passwords.
    public func md4(_ bytes: [UInt8]) throws(CryptographyError) -> [UInt8] {
        var value = [UInt8](repeating: 0, count: 16)
        var length = 0
        guard EVP_Q_digest(self.context.pointer, "MD4", nil, bytes, bytes.count, &value, &length) == 1,
            length == value.count
        else {
            throw CryptographyError(operation: "digest MD4")
        }
        return value
    }
}

extension CryptographyError {
    /// An algorithm is wanted that only the legacy provider has.
    public static let legacyProviderMissing = CryptographyError(
        operation: "digest MD4",
        reason: "the legacy provider of OpenSSL is not installed"
    )
}
