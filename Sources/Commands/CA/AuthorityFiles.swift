import Cryptography
import Reporting
import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The certificate authority on disk.
///
/// `ca-key.pem` has the key and the certificate: one file, so that the two can never be of different authorities,
/// however many processes make one at the same time. `ca.pem`, `ca.cer` and `ca.p12` are copies of the certificate for
/// the clients, made from it whenever they are missing.
struct AuthorityFiles: Sendable, Hashable {
    let directory: String

    init(directory: String) {
        self.directory = directory
    }

    /// The folder of the user.
    init() throws(Failure) {
        self.directory = try DataDirectory.path(environment: Environment.value)
    }

    var keyPath: String { "\(self.directory)/ca-key.pem" }

    func certificatePath(_ format: CertificateFormat) -> String {
        "\(self.directory)/ca.\(format.fileExtension)"
    }

    struct Stored: Sendable {
        var authority: CertificateAuthority
        /// It was made just now.
        var isNew: Bool
        /// What the user should mend, though it hinders nothing.
        var warnings: [String]
    }

    /// The authority; made if there is none.
    func loadOrCreate(now: Timestamp) throws -> Stored {
        if let stored = try self.load(now: now) { return stored }
        let made = try CertificateAuthority.create(now: now)
        try DataDirectory.create(self.directory)
        let key = try made.keyPEM()
        let isFirst = try key.withBytes { key in
            try made.certificate.pem.withUnsafeBytes { certificate in
                try SafeFile.create(self.keyPath, mode: 0o600, [key, certificate])
            }
        }
        // Another process may have been faster: what lies there is the authority then.
        guard isFirst else {
            if let stored = try self.load(now: now) { return stored }
            throw CertificateFileError(path: self.keyPath, reason: .missingCertificate)
        }
        try self.writeCopies(made.certificate, replacing: true)
        return Stored(authority: made, isNew: true, warnings: [])
    }

    /// The authority; nil if there is none.
    func load(now: Timestamp) throws -> Stored? {
        let publicPath = self.certificatePath(.pem)
        let key: PrivateKey
        do {
            key = try CertificateFile.key(self.keyPath)
        } catch let error as InputError where error.number == ENOENT {
            guard access(publicPath, F_OK) == 0 else { return nil }
            throw CertificateFileError(path: self.keyPath, reason: .missingKey(certificate: publicPath))
        }
        // The copy counts where the user has brought an authority of their own: a key file with a key only.
        let hasCopy = access(publicPath, F_OK) == 0
        let path = hasCopy ? publicPath : self.keyPath
        let certificate: Certificate
        do {
            certificate = try CertificateFile.chain(path)[0]
        } catch let error as CertificateFileError where !hasCopy && error.reason == .certificate(.privateKey) {
            throw CertificateFileError(path: self.keyPath, reason: .missingCertificate)
        }
        let authority: CertificateAuthority
        do throws(CertificateAuthority.Defect) {
            authority = try CertificateAuthority(certificate: certificate, key: key, now: now)
        } catch .keyMismatch {
            throw CertificateFileError(path: self.keyPath, reason: .mismatch(certificate: path))
        } catch {
            throw CertificateFileError(path: path, reason: .authority(error))
        }
        var warnings = self.warnings()
        do {
            try self.writeCopies(certificate, replacing: !hasCopy)
        } catch let error as Failure {
            warnings.append(error.summary)
        }
        return Stored(authority: authority, isNew: false, warnings: warnings)
    }

    /// Public, so everybody may read them, also where a file is copied with its mode.
    private func writeCopies(_ certificate: Certificate, replacing: Bool) throws {
        for format in CertificateFormat.allCases {
            let path = self.certificatePath(format)
            guard replacing || access(path, F_OK) != 0 else { continue }
            try SafeFile.replace(path, mode: 0o644, format.octets(of: certificate))
        }
    }

    /// Whoever reads the key can pose as any mail server towards the clients that trust the authority.
    private func warnings() -> [String] {
        var warnings: [String] = []
        var status = stat()
        if stat(self.keyPath, &status) == 0, status.st_mode & 0o077 != 0 {
            warnings.append("\(self.keyPath) is open to others; mend it with: chmod 600 \(self.keyPath)")
        }
        if stat(self.directory, &status) == 0, status.st_mode & 0o022 != 0 {
            warnings.append("others can put files into \(self.directory); mend it with: chmod 700 \(self.directory)")
        }
        return warnings
    }
}

/// `--format` of a certificate.
enum CertificateFormat: String, ChoiceSetting {
    case pem
    case der
    case p12

    /// `.cer` is what Windows and phones take DER by.
    var fileExtension: String { self == .der ? "cer" : self.rawValue }

    var isBinary: Bool { self != .pem }

    func octets(of certificate: Certificate) throws -> [UInt8] {
        switch self {
        case .pem: certificate.pem
        case .der: certificate.der
        case .p12: try certificate.pkcs12(friendlyName: certificate.commonName ?? "imapscope CA")
        }
    }
}
