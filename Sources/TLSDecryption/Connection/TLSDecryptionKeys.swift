public import Cryptography
import Traffic

/// What all TLS connections of a run share: keys, sessions that others resume, and the room for waiting.
public final class TLSDecryptionKeys {
    public let keyLog: KeyLog
    /// RSA keys of servers, for connections whose key exchange is RSA.
    public let privateKeys: [PrivateKey]
    /// More secrets may come: records whose keys are missing wait, as far as there is room.
    public var mayGrow: Bool
    /// Octets of records that wait, of all connections together.
    public let heldLimit: Int
    public internal(set) var heldOctets = 0
    let sessions = SessionMemory()
    let plaintext = PlaintextBuffer()

    public init(
        keyLog: KeyLog = KeyLog(),
        privateKeys: [PrivateKey] = [],
        mayGrow: Bool = false,
        heldLimit: Int = 8 << 20
    ) {
        self.keyLog = keyLog
        self.privateKeys = privateKeys
        self.mayGrow = mayGrow
        self.heldLimit = heldLimit
    }
}

/// The master secrets of sessions that a later connection may go on with (RFC 5246 section 7.3, RFC 5077), by session id
/// or ticket. The oldest go first.
final class SessionMemory {
    private var masters: [[UInt8]: Secret] = [:]
    private var order: [[UInt8]] = []
    private var oldest = 0

    static let limit = 4096
    /// A ticket may have 64 KiB, but then it is no more a name than its end is.
    private static let longestName = 256

    func remember(_ name: [UInt8], _ master: Secret) {
        guard !name.isEmpty else { return }
        let name = Array(name.suffix(Self.longestName))
        if self.masters.updateValue(master, forKey: name) == nil { self.order.append(name) }
        guard self.masters.count > Self.limit else { return }
        self.masters[self.order[self.oldest]] = nil
        self.oldest += 1
        if self.oldest > Self.limit {
            self.order.removeFirst(self.oldest)
            self.oldest = 0
        }
    }

    func master(_ name: [UInt8]) -> Secret? {
        self.masters[Array(name.suffix(Self.longestName))]
    }
}
