/// How a handshake was signed.
public struct SignatureScheme: Sendable, Hashable, CustomStringConvertible {
    public var code: UInt16

    public init(_ code: UInt16) {
        self.code = code
    }

    /// The registered name; hash and signature of TLS 1.2 (RFC 5246 section 7.4.1.4.1) where there is none.
    public var description: String {
        if let name = Self.names[self.code] { return name }
        if isGREASE(self.code) { return "GREASE" }
        let signatures: [UInt16: String] = [0: "anonymous", 1: "rsa", 2: "dsa", 3: "ecdsa"]
        let hashes: [UInt16: String] = [
            0: "none", 1: "md5", 2: "sha1", 3: "sha224", 4: "sha256", 5: "sha384", 6: "sha512",
        ]
        guard let signature = signatures[self.code & 0xFF], let hash = hashes[self.code >> 8] else {
            return "signature 0x\(hexadecimal(self.code))"
        }
        return "\(signature)_\(hash)"
    }

    /// IANA, TLS SignatureScheme: RFC 8446 section 4.2.3.
    private static let names: [UInt16: String] = [
        0x0201: "rsa_pkcs1_sha1", 0x0203: "ecdsa_sha1", 0x0401: "rsa_pkcs1_sha256", 0x0501: "rsa_pkcs1_sha384",
        0x0601: "rsa_pkcs1_sha512", 0x0403: "ecdsa_secp256r1_sha256", 0x0503: "ecdsa_secp384r1_sha384",
        0x0603: "ecdsa_secp521r1_sha512", 0x0708: "sm2sig_sm3", 0x0804: "rsa_pss_rsae_sha256",
        0x0805: "rsa_pss_rsae_sha384", 0x0806: "rsa_pss_rsae_sha512", 0x0807: "ed25519", 0x0808: "ed448",
        0x0809: "rsa_pss_pss_sha256", 0x080A: "rsa_pss_pss_sha384", 0x080B: "rsa_pss_pss_sha512",
        0x0904: "mldsa44", 0x0905: "mldsa65", 0x0906: "mldsa87",
    ]
}
