public import TLSDecryption
import Traffic

/// The keys of a run of captures: those that were given, those that the captures bring, and those that still come.
public final class CaptureKeys {
    public let decryption: TLSDecryptionKeys
    /// Reads what has come to key logs that grow.
    private let refresh: (KeyLog) -> Void
    /// Lines of secrets blocks that were no key log lines.
    public private(set) var unreadLines = 0

    public init(_ decryption: TLSDecryptionKeys = TLSDecryptionKeys(), refresh: @escaping (KeyLog) -> Void = { _ in }) {
        self.decryption = decryption
        self.refresh = refresh
    }

    /// Whether there are any, or some may come.
    public var areExpected: Bool {
        self.decryption.mayGrow || self.decryption.keyLog.count > 0 || !self.decryption.privateKeys.isEmpty
    }

    /// Takes what a Decryption Secrets Block of type TLS Key Log holds (draft-ietf-opsawg-pcapng section 4.7).
    func add(_ secrets: Secret) {
        var reader = KeyLogReader(self.decryption.keyLog, source: "the secrets block of a capture")
        secrets.withBytes { reader.append($0.bytes) }
        reader.finish()
        self.unreadLines += reader.problemCount
        self.decryption.mayGrow = true
    }

    func update() { self.refresh(self.decryption.keyLog) }
}
