import Cryptography
public import Traffic

/// Tells whether two secrets are the same without keeping either: a hash of each under a key that nobody stores.
public struct SecretMarker: Sendable {
    private let key: Secret

    /// - Parameter key: random octets of this run.
    public init(key: Secret) { self.key = key }

    /// Nil where OpenSSL fails.
    public func mark(_ secret: Secret) -> String? {
        do throws(CryptographyError) {
            var octets = secret.withBytes { [UInt8]($0) }
            defer { octets.cleanse() }
            let code = try HMAC.authenticationCode(for: octets, key: self.key, using: .sha256)
            return HexText.string(Array(code.prefix(16)), limit: 32)
        } catch {
            return nil
        }
    }
}
