/// Encryption types of Kerberos (RFC 3961 section 8 and the registry).
enum KerberosEncryption {
    static func name(_ number: Int) -> String {
        switch number {
        case 1: "des-cbc-crc"
        case 2: "des-cbc-md4"
        case 3: "des-cbc-md5"
        case 16: "des3-cbc-sha1-kd"
        case 17: "aes128-cts-hmac-sha1-96"
        case 18: "aes256-cts-hmac-sha1-96"
        case 19: "aes128-cts-hmac-sha256-128"
        case 20: "aes256-cts-hmac-sha384-192"
        case 23: "rc4-hmac"
        case 24: "rc4-hmac-exp"
        case 25: "camellia128-cts-cmac"
        case 26: "camellia256-cts-cmac"
        default: "encryption type \(number)"
        }
    }

    /// RFC 6649 and RFC 8429 take these out of use.
    static func problem(_ number: Int) -> SASLProblem? {
        switch number {
        case 1, 2, 3: "Kerberos uses \(self.name(number)), which must not be used (RFC 6649 section 2)"
        case 16, 23, 24: "Kerberos uses \(self.name(number)), which must not be used (RFC 8429 section 3)"
        default: nil
        }
    }
}
