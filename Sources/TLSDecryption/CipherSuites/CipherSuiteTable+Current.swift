extension CipherSuiteTable {
    /// TLS 1.3 (RFC 8446 appendix B.4), and the signal against downgrades (RFC 7507).
    static let current: [(UInt16, String)] = [
        (0x1301, "TLS_AES_128_GCM_SHA256"), (0x1302, "TLS_AES_256_GCM_SHA384"),
        (0x1303, "TLS_CHACHA20_POLY1305_SHA256"), (0x1304, "TLS_AES_128_CCM_SHA256"),
        (0x1305, "TLS_AES_128_CCM_8_SHA256"), (0x1306, "TLS_AEGIS_256_SHA512"), (0x1307, "TLS_AEGIS_128L_SHA256"),
        (0x5600, "TLS_FALLBACK_SCSV"),
    ]
}
