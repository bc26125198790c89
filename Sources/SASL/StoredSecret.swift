import Cryptography
import Traffic

/// A credential as password databases store it: `{SCHEME}` and what Dovecot puts behind it.
enum StoredSecret {
    /// Why the octets behind a scheme are none of its.
    enum Problem: Error {
        case unsupportedScheme
        case badCRAMMD5Context
        case badHash
        case badSCRAMKeys
    }

    /// - Parameter scheme: in upper case, without braces.
    static func credential(_ scheme: String, _ rest: ArraySlice<UInt8>) throws(Problem) -> Credential {
        switch scheme {
        case "PLAIN", "CLEAR", "CLEARTEXT":
            return .password(Secret(rest))
        case "CRAM-MD5":
            guard let bytes = self.hexadecimal(rest, count: HMACMD5Context.storedByteCount),
                let context = HMACMD5Context(stored: bytes)
            else { throw .badCRAMMD5Context }
            return .cramMD5Context(context)
        case "DIGEST-MD5":
            guard let hash = self.hexadecimal(rest, count: 16) else { throw .badHash }
            return .digestMD5Hash(hash)
        case "NTLM":
            guard let hash = self.hexadecimal(rest, count: 16) else { throw .badHash }
            return .ntHash(hash)
        default:
            guard scheme.hasPrefix("SCRAM-"), let digest = SCRAM.digest(ofMechanism: scheme) else {
                throw .unsupportedScheme
            }
            guard let keys = SCRAMKeys(parsing: rest, using: digest) else { throw .badSCRAMKeys }
            return .scramKeys(keys)
        }
    }

    private static func hexadecimal(_ digits: ArraySlice<UInt8>, count: Int) -> Secret? {
        guard digits.count == 2 * count else { return nil }
        do throws(Hexadecimal.Problem) {
            var bytes = try Hexadecimal.decode(digits)
            defer { bytes.cleanse() }
            return Secret(bytes)
        } catch {
            return nil
        }
    }
}
