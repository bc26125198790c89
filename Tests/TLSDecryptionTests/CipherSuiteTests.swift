import Cryptography
import TLSDecryption
import Testing

@Suite struct CipherSuiteTests {
    @Test(arguments: [
        (
            UInt16(0x1301), "TLS_AES_128_GCM_SHA256", CipherSuite.KeyExchange.tls13, CipherSuite.Authentication.tls13,
            CipherSuite.Cipher.aead(.aes128GCM, tagByteCount: 16), Digest?.none, Digest.sha256
        ),
        (0x1302, "TLS_AES_256_GCM_SHA384", .tls13, .tls13, .aead(.aes256GCM, tagByteCount: 16), nil, .sha384),
        (0x1305, "TLS_AES_128_CCM_8_SHA256", .tls13, .tls13, .aead(.aes128CCM, tagByteCount: 8), nil, .sha256),
        (0x0005, "TLS_RSA_WITH_RC4_128_SHA", .rsa, .rsa, .rc4, .sha1, .sha256),
        (0x0004, "TLS_RSA_WITH_RC4_128_MD5", .rsa, .rsa, .rc4, .md5, .sha256),
        (0x000A, "TLS_RSA_WITH_3DES_EDE_CBC_SHA", .rsa, .rsa, .block(.tripleDESCBC), .sha1, .sha256),
        (0x003B, "TLS_RSA_WITH_NULL_SHA256", .rsa, .rsa, .null, .sha256, .sha256),
        (0x006D, "TLS_DH_anon_WITH_AES_256_CBC_SHA256", .dhe, .anonymous, .block(.aes256CBC), .sha256, .sha256),
        (0xC028, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", .ecdhe, .rsa, .block(.aes256CBC), .sha384, .sha384),
        (
            0xC0AF, "TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8", .ecdhe, .ecdsa, .aead(.aes256CCM, tagByteCount: 8), nil,
            .sha256
        ),
        (
            0xCCA8, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", .ecdhe, .rsa,
            .aead(.chaCha20Poly1305, tagByteCount: 16), nil, .sha256
        ),
        (0x00B7, "TLS_RSA_PSK_WITH_AES_256_CBC_SHA384", .rsaPSK, .rsa, .block(.aes256CBC), .sha384, .sha384),
        (0x0044, "TLS_DHE_DSS_WITH_CAMELLIA_128_CBC_SHA", .dhe, .dss, .block(.camellia128CBC), .sha1, .sha256),
        (0xC004, "TLS_ECDH_ECDSA_WITH_AES_128_CBC_SHA", .ecdh, .ecdsa, .block(.aes128CBC), .sha1, .sha256),
    ])
    func `a suite is what its registered name says`(
        id: UInt16,
        name: String,
        keyExchange: CipherSuite.KeyExchange,
        authentication: CipherSuite.Authentication,
        cipher: CipherSuite.Cipher,
        mac: Digest?,
        hash: Digest
    ) {
        let suite = CipherSuite(id: id)
        #expect(suite.name == name)
        #expect(suite.keyExchange == keyExchange)
        #expect(suite.authentication == authentication)
        #expect(suite.cipher == cipher)
        #expect(suite.mac == mac)
        #expect(suite.hash == hash)
    }

    @Test(arguments: [0x0003, 0x00C6, 0xC07B, 0xC100, 0x1306] as [UInt16])
    func `what OpenSSL lacks is named`(id: UInt16) {
        let suite = CipherSuite(id: id)
        guard case .unsupported(let name) = suite.cipher else {
            Issue.record("\(suite) has a cipher")
            return
        }
        #expect(!name.isEmpty)
    }

    @Test func `numbers without a name are shown as such`() {
        #expect(CipherSuite(id: 0x3A3A).name == "GREASE")
        #expect(CipherSuite(id: 0xFEDC).name == "0xFEDC")
        #expect(CipherSuite(id: 0x00FF).name == "TLS_EMPTY_RENEGOTIATION_INFO_SCSV")
    }
}
