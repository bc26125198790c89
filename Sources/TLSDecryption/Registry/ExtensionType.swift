/// The extensions of hellos that are read (IANA, TLS ExtensionType Values).
enum ExtensionType {
    static let serverName: UInt16 = 0
    static let supportedGroups: UInt16 = 10
    static let signatureAlgorithms: UInt16 = 13
    static let applicationProtocols: UInt16 = 16
    static let encryptThenMAC: UInt16 = 22
    static let extendedMasterSecret: UInt16 = 23
    static let sessionTicket: UInt16 = 35
    static let preSharedKey: UInt16 = 41
    static let earlyData: UInt16 = 42
    static let supportedVersions: UInt16 = 43
    static let keyShare: UInt16 = 51
    static let truncatedHMAC: UInt16 = 4
    static let encryptedClientHello: UInt16 = 0xFE0D
    static let renegotiationInfo: UInt16 = 0xFF01
}
