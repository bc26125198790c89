/// Why a connection, or a part of it, cannot be read.
public enum TLSProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The key log has nothing of this kind for the connection.
    case noSecret(KeyLogLabel, ClientRandom, offersEncryptedClientHello: Bool)
    /// There is neither a key log nor a private key.
    case noKeys(ClientRandom)
    /// The capture begins behind the handshake, or lacks the hello of this side.
    case noHandshake
    case unsupportedVersion(ProtocolVersion)
    case unsupportedSuite(CipherSuite)
    /// OpenSSL refuses the cipher.
    case notCheckable(CipherSuite, reason: String)
    case unsupportedExtension(String)
    /// TLS has compressed what it carries (RFC 3749).
    case compressed(method: UInt8)
    /// A private key was given, but the key exchange is ephemeral.
    case privateKeyCannotWork(CipherSuite)
    /// None of the private keys is the server's.
    case noMatchingPrivateKey(CipherSuite)
    /// The session is an earlier one, whose handshake is not in the capture.
    case resumedFromElsewhere(ClientRandom)
    /// The secret does not open the records.
    case wrongSecret(KeyLogLabel?)
    case badRecord(sequence: UInt64, RecordFailure)
    /// The cipher has one long key stream or chain, and a part of it is missing.
    case streamLost(CipherSuite)
    /// After a gap no record was found that the keys open.
    case notResynchronised(octets: UInt64)
    /// No record of TLS stands there.
    case notTLS(type: UInt8, ProtocolVersion, length: Int)
    case recordTooLong(length: Int, limit: Int)
    case damagedHandshake(String)
    case tooMuchHeld(limit: Int)

    public var description: String {
        switch self {
        case .noSecret(let label, let random, let offersECH):
            "the key log has no \(label.rawValue) for client random \(random)"
                + (offersECH
                    ? "; the client offers Encrypted Client Hello, and where that is accepted secrets are listed under "
                        + "the random of the inner hello" : "")
        case .noKeys(let random): "there are no keys: give the key log that has client random \(random)"
        case .noHandshake: "the handshake is not in the capture, so nothing tells which keys belong to the connection"
        case .unsupportedVersion(let version): "\(version) cannot be decrypted"
        case .unsupportedSuite(let suite): "\(suite.name) cannot be decrypted: there is no such cipher here"
        case .notCheckable(let suite, let reason): "\(suite.name) is not checkable with this OpenSSL: \(reason)"
        case .unsupportedExtension(let name): "\(name) cannot be decrypted"
        case .compressed(let method): "the records are compressed by TLS (method \(method)), which is not undone"
        case .privateKeyCannotWork(let suite):
            "the server's private key cannot decrypt \(suite.name): the key exchange is ephemeral, so only a key log can"
        case .noMatchingPrivateKey(let suite):
            "none of the private keys is the one that the client's secret was encrypted for (\(suite.name))"
        case .resumedFromElsewhere(let random):
            "the session goes on from an earlier connection whose keys are not known, and the key log has no "
                + "CLIENT_RANDOM for client random \(random)"
        case .wrongSecret(let label):
            (label.map { "the \($0.rawValue) of the key log" } ?? "the secret") + " does not open the records"
        case .badRecord(let sequence, let failure): "record \(sequence) cannot be opened: \(failure)"
        case .streamLost(let suite):
            "octets are missing, and without them nothing that follows under \(suite.name) can be decrypted"
        case .notResynchronised(let octets): "behind \(octets) missing octets no record was found that the keys open"
        case .notTLS(let type, let version, let length):
            "there is no TLS record: type \(type), version 0x\(hexadecimal(version.code)), length \(length)"
        case .recordTooLong(let length, let limit): "a record of \(length) octets is longer than \(limit)"
        case .damagedHandshake(let what): "the handshake is damaged: \(what)"
        case .tooMuchHeld(let limit): "more than \(limit) octets waited for keys that did not come"
        }
    }

    /// Whether keys that come later may still help.
    var mayEnd: Bool {
        switch self {
        case .noSecret, .noKeys, .resumedFromElsewhere, .privateKeyCannotWork, .noMatchingPrivateKey: true
        default: false
        }
    }
}
