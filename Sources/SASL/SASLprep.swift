import CIDN
import Cryptography
public import Traffic

/// Preparation of user names and passwords before they are compared or hashed: RFC 4013, a profile of stringprep.
public enum SASLprep {
    /// Whether code points that Unicode 3.2 had not assigned are let through (RFC 3454 section 7).
    public enum Use: Sendable, Hashable {
        /// A string that is typed in, to be compared: unassigned code points are allowed.
        case query
        /// A string that is kept in a database: they are not.
        case stored
    }

    /// The prepared form of UTF-8 octets.
    public static func prepare(_ text: [UInt8], for use: Use = .query) throws(SASLprepError) -> [UInt8] {
        // Printable ASCII is its own prepared form; this also keeps most passwords out of libidn's scratch memory.
        if text.allSatisfy({ (0x20...0x7e).contains($0) }) { return text }
        guard var codes = self.codePoints(text) else { throw .notUTF8 }
        defer { codes.cleanse() }
        var length = codes.count
        // libidn would take NUL for the end and drop the rest; RFC 3454 table C.2.1 prohibits it.
        guard !codes.contains(0) else { throw .prohibitedCharacter }
        // NFKC makes at most 18 code points of one, and libidn wants room for one more.
        codes.append(contentsOf: repeatElement(0, count: length * 17 + 1))
        let result = imapscope_saslprep(&codes, &length, codes.count, use == .query ? 1 : 0)
        guard result == Int32(STRINGPREP_OK.rawValue) else { throw SASLprepError(code: result) }

        var prepared: [UInt8] = []
        prepared.reserveCapacity(length * 4)
        for code in codes[0..<length] {
            guard let scalar = Unicode.Scalar(code) else { throw .failed(code: 0) }
            prepared.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
        }
        return prepared
    }

    /// The prepared form of a user name.
    public static func prepare(_ text: String, for use: Use = .query) throws(SASLprepError) -> String {
        String(decoding: try self.prepare(Array(text.utf8), for: use), as: UTF8.self)
    }

    /// The prepared form of a password.
    public static func prepare(_ secret: Secret, for use: Use = .query) throws(SASLprepError) -> Secret {
        var bytes = secret.withBytes { [UInt8]($0) }
        defer { bytes.cleanse() }
        var prepared = try self.prepare(bytes, for: use)
        defer { prepared.cleanse() }
        return Secret(prepared)
    }

    /// Room for the code points and for what normalization makes of them is reserved at once, so nothing is copied.
    private static func codePoints(_ text: [UInt8]) -> [UInt32]? {
        var codes: [UInt32] = []
        codes.reserveCapacity(text.count * 18 + 1)
        var decoder = UTF8()
        var octets = text.makeIterator()
        while true {
            switch decoder.decode(&octets) {
            case .scalarValue(let scalar): codes.append(scalar.value)
            case .emptyInput: return codes
            case .error:
                codes.cleanse()
                return nil
            }
        }
    }
}
