import COpenSSL
public import Traffic

/// A private key. It cannot be printed; its octets come out as a ``Secret`` only.
public struct PrivateKey: Sendable {
    /// The kinds that imapscope makes.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Understood by every TLS client there ever was.
        case rsa2048 = "RSA 2048"
        /// Faster by an order of magnitude, for clients since about 2012.
        case ecP256 = "EC P-256"
    }

    /// Unchecked: OpenSSL counts references of an EVP_PKEY and locks what it caches in one; nothing here changes it.
    private final class Storage: @unchecked Sendable {
        let pointer: OpaquePointer

        init(_ pointer: OpaquePointer) {
            self.pointer = pointer
        }

        deinit {
            EVP_PKEY_free(self.pointer)
        }
    }

    private let storage: Storage

    var pointer: OpaquePointer { self.storage.pointer }

    private init(adopting pointer: OpaquePointer) {
        self.storage = Storage(pointer)
    }

    /// Makes a key; RSA takes some tenths of a second.
    public static func generate(_ kind: Kind) throws(CryptographyError) -> PrivateKey {
        let made =
            switch kind {
            case .rsa2048: imapscope_generate_rsa(2048)
            case .ecP256: imapscope_generate_ec("P-256")
            }
        guard let made else { throw CryptographyError(operation: "generating a key \(kind.rawValue)") }
        return PrivateKey(adopting: made)
    }

    /// The first private key among the PEM blocks of `octets`: PKCS #8, or the older forms of RSA and EC.
    public init(pem octets: Secret) throws(PrivateKeyProblem) {
        // Typed throws do not pass a closure that rethrows.
        let result = octets.withBytes { bytes -> Result<PrivateKey, PrivateKeyProblem> in
            do throws(PrivateKeyProblem) {
                return .success(try Self.read(bytes))
            } catch {
                return .failure(error)
            }
        }
        self = try result.get()
    }

    private static func read(_ bytes: UnsafeRawBufferPointer) throws(PrivateKeyProblem) -> PrivateKey {
        guard bytes.contains(where: { !($0 == 0x20 || (0x09...0x0D).contains($0)) }) else { throw .empty }
        guard PEMLabel.isPrivateKeyPresent(in: bytes) else {
            throw PEMLabel.isPresent("CERTIFICATE", in: bytes) ? .certificate : .notAPrivateKey
        }
        var wasAsked = false
        let key = MemoryBIO.reading(bytes) { bio in PEM_read_bio_PrivateKey(bio, nil, refusePassphrase, &wasAsked) }
        guard let key else {
            let error = CryptographyError(operation: "reading a private key")
            throw wasAsked ? .encrypted : .damaged(reason: error.reason)
        }
        return PrivateKey(adopting: key)
    }

    /// PKCS #8 in PEM, not encrypted.
    public func pem() throws(CryptographyError) -> Secret {
        let bio = try MemoryBIO()
        guard PEM_write_bio_PKCS8PrivateKey(bio.pointer, self.pointer, nil, nil, 0, nil, nil) == 1 else {
            throw CryptographyError(operation: "writing a private key")
        }
        return bio.withContent { Secret($0) }
    }

    /// Whether the certificate is for this key.
    public func matches(_ certificate: Certificate) -> Bool {
        guard let handle = try? X509Handle(der: certificate.der, index: 1) else { return false }
        defer { ERR_clear_error() }
        return X509_check_private_key(handle.pointer, self.pointer) == 1
    }

    /// OpenSSL's name of the kind, such as `RSA`.
    public var type: String { EVP_PKEY_get0_type_name(self.pointer).map { String(cString: $0) } ?? "unknown" }

    public var bits: Int { Int(EVP_PKEY_get_bits(self.pointer)) }

    /// SHA-256 over the SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7).
    func publicKeyHash() throws(CryptographyError) -> [UInt8] {
        let count = i2d_PUBKEY(self.pointer, nil)
        guard count > 0 else { throw CryptographyError(operation: "encoding a public key") }
        var octets = [UInt8](repeating: 0, count: Int(count))
        octets.withUnsafeMutableBufferPointer { buffer in
            var position = buffer.baseAddress
            _ = i2d_PUBKEY(self.pointer, &position)
        }
        return try Digest.sha256.hash(octets)
    }
}

extension PrivateKey: CustomStringConvertible, CustomReflectable {
    public var description: String { "PrivateKey(\(self.type), ‹masked›)" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
