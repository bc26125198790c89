import Cryptography
import Traffic

/// One line of a key log that is no comment.
struct KeyLogLine {
    var label: KeyLogLabel
    /// What the secret is listed under: the client's random, or for ``KeyLogLabel/rsa`` eight octets.
    var key: [UInt8]
    var secret: Secret

    /// Reads `LABEL SP hex SP hex`. Returns nil for a comment, an empty line, and a label that others may know.
    static func read(_ line: ArraySlice<UInt8>) -> Result<KeyLogLine?, KeyLogProblem.Reason> {
        // One blank separates the fields; several and trailing ones harm nobody.
        var fields = line.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 })
        guard let first = fields.first, first.first != UInt8(ascii: "#") else { return .success(nil) }
        guard fields.count == 3 else { return .failure(.fields(fields.count)) }
        guard let label = KeyLogLabel(rawValue: String(decoding: first, as: UTF8.self)) else {
            let isLabel = first.allSatisfy { octet in
                switch octet {
                case 0x30...0x39, 0x41...0x5A, 0x5F: true
                default: false
                }
            }
            return isLabel ? .success(nil) : .failure(.label)
        }
        guard let key = try? Hexadecimal.decode(fields[1]) else { return .failure(.key) }
        guard key.count == (label == .rsa ? 8 : ClientRandom.byteCount) else { return .failure(.key) }
        guard var secret = try? Hexadecimal.decode(fields.removeLast()) else { return .failure(.secret) }
        defer { secret.cleanse() }
        guard label.isPlausible(secret.count) else { return .failure(.secretLength(secret.count)) }
        return .success(KeyLogLine(label: label, key: key, secret: Secret(secret)))
    }
}
