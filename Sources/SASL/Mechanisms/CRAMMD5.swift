public import Cryptography
public import Traffic

/// CRAM-MD5, RFC 2195: both sides of the computation, without clock and randomness.
public enum CRAMMD5 {
    /// `<random.seconds@hostname>`, the shape that RFC 2195 section 2 asks for.
    ///
    /// The server must not send the same one twice: `random` has to come from a generator fit for keys.
    public static func challenge(hostname: String, random: UInt64, time: Timestamp) -> [UInt8] {
        // The whole must be a msg-id of RFC 822; what cannot stand in a domain is left out.
        let domain = hostname.utf8.filter { character in
            switch character {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                true
            default:
                false
            }
        }
        let host = domain.isEmpty ? "localhost" : String(decoding: domain, as: UTF8.self)
        return Array("<\(random).\(time.nanoseconds / 1_000_000_000)@\(host)>".utf8)
    }

    /// The 32 lower-case digits that answer `challenge` (not in base64).
    public static func digest(using context: HMACMD5Context, challenge: [UInt8]) -> [UInt8] {
        Hexadecimal.encode(context.authenticationCode(for: challenge))
    }

    public static func digest(password: Secret, challenge: [UInt8]) -> [UInt8] {
        self.digest(using: HMACMD5Context(key: password), challenge: challenge)
    }

    /// The client's message `user SP digest`, before base64.
    public static func response(user: String, password: Secret, challenge: [UInt8]) -> [UInt8] {
        Array(user.utf8) + [UInt8(ascii: " ")] + self.digest(password: password, challenge: challenge)
    }
}
