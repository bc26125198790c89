import COpenSSL
import Traffic

/// Where ciphers come from: a library context of our own with OpenSSL's legacy provider beside the default one, so that
/// RC4 or single DES can be undone in captures while nothing else in the process gets to use them.
enum CipherLibrary {
    /// Unchecked: the context is made once and never changed; OpenSSL locks what it caches in one.
    private final class Context: @unchecked Sendable {
        let pointer: OpaquePointer?
        let hasLegacy: Bool

        init() {
            self.pointer = OSSL_LIB_CTX_new()
            let standard = OSSL_PROVIDER_load(self.pointer, "default")
            let legacy = standard == nil ? nil : OSSL_PROVIDER_load(self.pointer, "legacy")
            self.hasLegacy = legacy != nil
            ERR_clear_error()
        }
    }

    private static let context = Context()

    /// Without it RC4, DES, IDEA, RC2 and SEED are absent; distributions leave it out, or ship it in a package of its own.
    static var hasLegacyProvider: Bool { self.context.hasLegacy }

    /// An implementation to be freed by the caller.
    static func fetch(_ name: String) throws(CryptographyError) -> OpaquePointer {
        guard let cipher = EVP_CIPHER_fetch(self.context.pointer, name, nil) else {
            throw CryptographyError(operation: "cipher \(name)")
        }
        return cipher
    }
}

/// A cipher with its key set up, for one direction of use.
final class CipherContext {
    let pointer: OpaquePointer

    /// - Parameter prepare: sets what must be known before the key.
    init(
        _ name: String,
        key: Secret,
        prepare: (OpaquePointer) -> Bool = { _ in true }
    ) throws(CryptographyError) {
        let cipher = try CipherLibrary.fetch(name)
        defer { EVP_CIPHER_free(cipher) }
        guard let context = EVP_CIPHER_CTX_new() else { throw CryptographyError(operation: "cipher \(name)") }
        self.pointer = context
        guard EVP_DecryptInit_ex2(context, cipher, nil, nil, nil) == 1, prepare(context) else {
            throw CryptographyError(operation: "cipher \(name)")
        }
        // RC4 takes keys of any length, and has to be told.
        let isReady = key.withBytes { bytes in
            (Int(EVP_CIPHER_CTX_get_key_length(context)) == bytes.count
                || EVP_CIPHER_CTX_set_key_length(context, Int32(bytes.count)) == 1)
                && EVP_DecryptInit_ex2(
                    context,
                    nil,
                    bytes.bindMemory(to: UInt8.self).baseAddress,
                    nil,
                    nil
                ) == 1
        }
        guard isReady else { throw CryptographyError(operation: "cipher \(name)") }
    }

    deinit {
        EVP_CIPHER_CTX_free(self.pointer)
    }
}
