/// What a secret of a key log is for (RFC 9850 section 2, and what older programs write).
public enum KeyLogLabel: String, Sendable, Hashable, CaseIterable {
    /// The master secret of TLS 1.2 and before.
    case clientRandom = "CLIENT_RANDOM"
    /// The premaster secret, under the client's random.
    case premasterSecret = "PMS_CLIENT_RANDOM"
    /// The premaster secret, under the first eight octets of its encrypted form: NSS before 2012.
    case rsa = "RSA"
    case clientEarlyTrafficSecret = "CLIENT_EARLY_TRAFFIC_SECRET"
    case clientHandshakeTrafficSecret = "CLIENT_HANDSHAKE_TRAFFIC_SECRET"
    case serverHandshakeTrafficSecret = "SERVER_HANDSHAKE_TRAFFIC_SECRET"
    case clientTrafficSecret = "CLIENT_TRAFFIC_SECRET_0"
    case serverTrafficSecret = "SERVER_TRAFFIC_SECRET_0"
    case exporterSecret = "EXPORTER_SECRET"
    case earlyExporterSecret = "EARLY_EXPORTER_SECRET"
    case earlyExporterMasterSecret = "EARLY_EXPORTER_MASTER_SECRET"
    case echSecret = "ECH_SECRET"
    case echConfig = "ECH_CONFIG"

    /// Lengths that such a secret can have: hashes of TLS 1.3 have 32, 48 or 64 octets.
    var isPlausible: (Int) -> Bool {
        switch self {
        case .clientRandom, .premasterSecret, .rsa: { (1...1024).contains($0) }
        case .echSecret, .echConfig: { $0 > 0 }
        default: { [32, 48, 64].contains($0) }
        }
    }

    /// Whether it helps to decrypt records, so that it is kept.
    var isKept: Bool {
        switch self {
        case .earlyExporterSecret, .earlyExporterMasterSecret, .echSecret, .echConfig: false
        default: true
        }
    }
}
