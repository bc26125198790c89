/// Text of rule files in which octets that a line cannot hold are written as escapes.
enum EscapedOctets {
    /// Undoes the escapes: `\r`, `\n`, `\\` and `\xNN`; any other backslash stays.
    static func octets(_ text: some StringProtocol) -> [UInt8] {
        let octets = Array(text.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(octets.count)
        var index = 0
        while index < octets.count {
            guard octets[index] == UInt8(ascii: "\\"), let (octet, length) = Self.escape(octets[index...]) else {
                result.append(octets[index])
                index += 1
                continue
            }
            result.append(octet)
            index += length
        }
        return result
    }

    private static func escape(_ octets: ArraySlice<UInt8>) -> (octet: UInt8, length: Int)? {
        let start = octets.startIndex
        guard octets.count > 1 else { return nil }
        switch octets[start + 1] {
        case UInt8(ascii: "r"): return (0x0D, 2)
        case UInt8(ascii: "n"): return (0x0A, 2)
        case UInt8(ascii: "\\"): return (0x5C, 2)
        case UInt8(ascii: "x") where octets.count > 3:
            let digits = String(decoding: octets[(start + 2)...(start + 3)], as: UTF8.self)
            return UInt8(digits, radix: 16).map { ($0, 4) }
        default: return nil
        }
    }

    /// A message as rule files write it: escapes for what is not printable, the last line end left out.
    static func text(_ octets: some Collection<UInt8>) -> String {
        var rest = Array(octets)
        if rest.last == 0x0A { rest.removeLast() }
        if rest.last == 0x0D { rest.removeLast() }
        var result = ""
        for octet in rest {
            switch octet {
            case 0x0D: result += "\\r"
            case 0x0A: result += "\\n"
            case 0x20...0x7E: result.unicodeScalars.append(Unicode.Scalar(octet))
            default:
                result +=
                    "\\x" + String(octet >> 4, radix: 16).uppercased() + String(octet & 15, radix: 16).uppercased()
            }
        }
        return result
    }
}
