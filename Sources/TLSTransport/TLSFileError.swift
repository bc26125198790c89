/// What is wrong with a certificate, key or CA file.
public enum TLSFileError: Error, Sendable, Hashable {
    case emptyCertificate
    case emptyKey
    /// Octets that hold no certificate; OpenSSL's reason.
    case notACertificate(reason: String)
    /// The certificate at `position`, counted from 1, cannot be read, others before it can.
    case damagedCertificate(position: Int, reason: String)
    case notAKey(reason: String)
    /// The key is encrypted, and there is no passphrase.
    case encryptedKey
    case wrongPassphrase
    case keyDoesNotMatchCertificate
}

/// A setting that OpenSSL refuses.
public enum TLSSettingError: Error, Sendable, Hashable {
    case cipherList(String)
    case cipherSuites(String)
    case groups(String)
    case applicationProtocol(String)
    case versions(minimum: TLSVersion, maximum: TLSVersion)
    case identity(reason: String)
    case serverName(String)
    /// The system's CA certificates cannot be read.
    case systemTrust(reason: String)
    case trust(TLSFileError)
    /// OpenSSL itself cannot work.
    case library(reason: String)
}
