/// The server's part of an ephemeral key exchange before TLS 1.3 (RFC 5246 section 7.4.3, RFC 8422 section 5.4).
struct ServerKeyExchange {
    var group: NamedGroup?
    /// The length of the prime of finite-field Diffie-Hellman.
    var primeBits: Int?
    var signature: SignatureScheme?

    init?(_ body: [UInt8], _ suite: CipherSuite, _ version: ProtocolVersion) {
        var reader = MessageReader(body)
        switch suite.keyExchange {
        case .ecdhe, .ecdhePSK:
            if suite.keyExchange == .ecdhePSK { guard reader.vector(2) != nil else { return nil } }
            // 3: named_curve; explicit ones are long forbidden.
            guard let kind = reader.integer(1) else { return nil }
            guard kind == 3 else { return }
            guard let group = reader.uint16(), reader.vector(1) != nil else { return nil }
            self.group = NamedGroup(group)
        case .dhe, .dhePSK:
            if suite.keyExchange == .dhePSK { guard reader.vector(2) != nil else { return nil } }
            guard let prime = reader.vector(2), reader.vector(2) != nil, reader.vector(2) != nil else { return nil }
            let octets = prime.rest.drop { $0 == 0 }
            self.primeBits = octets.first.map { (octets.count - 1) * 8 + 8 - $0.leadingZeroBitCount }
        default: return nil
        }
        switch suite.authentication {
        case .rsa, .ecdsa, .dss:
            // Before TLS 1.2 the hash goes without saying.
            if version >= .tls12 { self.signature = reader.uint16().map(SignatureScheme.init) }
        default: break
        }
    }
}
