/// The handshake messages that are read (IANA, TLS HandshakeType).
enum HandshakeType: UInt8, Sendable, Hashable {
    case helloRequest = 0
    case clientHello = 1
    case serverHello = 2
    case newSessionTicket = 4
    case endOfEarlyData = 5
    case encryptedExtensions = 8
    case certificate = 11
    case serverKeyExchange = 12
    case certificateRequest = 13
    case serverHelloDone = 14
    case certificateVerify = 15
    case clientKeyExchange = 16
    case finished = 20
    case certificateURL = 21
    case certificateStatus = 22
    case supplementalData = 23
    case keyUpdate = 24
    case compressedCertificate = 25
    case nextProtocol = 67
}
