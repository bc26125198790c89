import Cryptography
import Traffic

/// Reads files with certificates and keys; every error names the file.
enum CertificateFile {
    /// No chain and no key is larger; a wrong file name should not fill the memory.
    private static let sizeLimit = 1 << 20

    static func chain(_ path: String) throws -> [Certificate] {
        let octets = try InputFile.contents(of: path, limit: self.sizeLimit)
        do throws(CertificateProblem) {
            return try Certificate.chain(parsing: octets)
        } catch {
            throw CertificateFileError(path: path, reason: .certificate(error))
        }
    }

    static func key(_ path: String) throws -> PrivateKey {
        let octets = try self.secret(path)
        do throws(PrivateKeyProblem) {
            return try PrivateKey(pem: octets)
        } catch {
            throw CertificateFileError(path: path, reason: .key(error))
        }
    }

    private static func secret(_ path: String) throws -> Secret {
        var octets = try InputFile.contents(of: path, limit: self.sizeLimit)
        defer { octets.cleanse() }
        return Secret(octets)
    }

    /// The user's own certificate and its key.
    static func identity(certificate: String, key keyPath: String) throws -> ServerIdentity {
        let chain = try self.chain(certificate)
        let key = try self.key(keyPath)
        guard let identity = try ServerIdentity(chain: chain, key: key) else {
            throw CertificateFileError(path: keyPath, reason: .mismatch(certificate: certificate))
        }
        return identity
    }
}
