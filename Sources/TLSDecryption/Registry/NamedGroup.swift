/// A group for the key exchange.
public struct NamedGroup: Sendable, Hashable, CustomStringConvertible {
    public var code: UInt16

    public init(_ code: UInt16) {
        self.code = code
    }

    /// The registered name; the number of a group without one.
    public var description: String {
        Self.names[self.code] ?? (isGREASE(self.code) ? "GREASE" : "group 0x\(hexadecimal(self.code))")
    }

    /// IANA, TLS Supported Groups: RFC 8422, 7919, 8446, 8734, 9189, and the hybrids with ML-KEM.
    private static let names: [UInt16: String] = [
        1: "sect163k1", 2: "sect163r1", 3: "sect163r2", 4: "sect193r1", 5: "sect193r2", 6: "sect233k1",
        7: "sect233r1", 8: "sect239k1", 9: "sect283k1", 10: "sect283r1", 11: "sect409k1", 12: "sect409r1",
        13: "sect571k1", 14: "sect571r1", 15: "secp160k1", 16: "secp160r1", 17: "secp160r2", 18: "secp192k1",
        19: "secp192r1", 20: "secp224k1", 21: "secp224r1", 22: "secp256k1", 23: "secp256r1", 24: "secp384r1",
        25: "secp521r1", 26: "brainpoolP256r1", 27: "brainpoolP384r1", 28: "brainpoolP512r1", 29: "x25519",
        30: "x448", 31: "brainpoolP256r1tls13", 32: "brainpoolP384r1tls13", 33: "brainpoolP512r1tls13",
        41: "curveSM2", 0x100: "ffdhe2048", 0x101: "ffdhe3072", 0x102: "ffdhe4096", 0x103: "ffdhe6144",
        0x104: "ffdhe8192", 0x200: "MLKEM512", 0x201: "MLKEM768", 0x202: "MLKEM1024",
        0x11EB: "SecP256r1MLKEM768", 0x11EC: "X25519MLKEM768", 0x11ED: "SecP384r1MLKEM1024",
        0x6399: "X25519Kyber768Draft00",
    ]
}
