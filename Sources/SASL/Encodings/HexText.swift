import Cryptography

/// Octets that mean nothing to a person, as short text.
enum HexText {
    static func string(_ octets: some Collection<UInt8>, limit: Int) -> String {
        let digits = Hexadecimal.string(Array(octets.prefix(limit)))
        return octets.count > limit ? digits + "…" : digits
    }
}
