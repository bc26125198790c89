import Traffic

/// The encoding of mailbox names (RFC 3501 section 5.1.3): printable ASCII stands for itself but `&` is `&-`; anything
/// else is UTF-16 in base64 with `,` for `/`, without padding, between `&` and `-`.
public enum ModifiedUTF7 {
    /// The name that the octets of `range` spell.
    ///
    /// Strict: a shift left open, encoded printable ASCII, two shifts side by side, lone surrogates, left-over bits and
    /// octets beyond ASCII are invalid. An invalid name is returned as it is on the wire, made harmless by ``WireText``.
    public static func decode(_ bytes: RawSpan, _ range: Range<Int>) -> (text: String, isValid: Bool) {
        let range = range.clamped(to: 0..<bytes.byteCount)
        var text = ""
        var index = range.lowerBound
        var afterShift = false
        while index < range.upperBound {
            let octet = bytes[index]
            guard octet >= 0x20, octet < 0x7F else { return (WireText.show(bytes, range), false) }
            index += 1
            guard octet == UInt8(ascii: "&") else {
                text.unicodeScalars.append(Unicode.Scalar(octet))
                afterShift = false
                continue
            }
            if index < range.upperBound, bytes[index] == UInt8(ascii: "-") {
                text.append("&")
                index += 1
                afterShift = false
                continue
            }
            guard !afterShift, ModifiedUTF7.run(bytes, &index, range.upperBound, &text) else {
                return (WireText.show(bytes, range), false)
            }
            afterShift = true
        }
        return (text, true)
    }

    /// Reads base64 up to its `-`; false when it is not valid.
    private static func run(_ bytes: RawSpan, _ index: inout Int, _ end: Int, _ text: inout String) -> Bool {
        var bits: UInt32 = 0
        var bitCount = 0
        var high: UInt32?
        var units = 0
        while index < end {
            let octet = bytes[index]
            index += 1
            if octet == UInt8(ascii: "-") {
                // Fewer than six bits may be left over, and they are zero.
                return units > 0 && high == nil && bitCount < 6 && bits & (1 << UInt32(bitCount) - 1) == 0
            }
            guard let sextet = ModifiedUTF7.sextet(octet) else { return false }
            bits = (bits & 0xFFFF) << 6 | sextet
            bitCount += 6
            guard bitCount >= 16 else { continue }
            bitCount -= 16
            let unit = bits >> UInt32(bitCount) & 0xFFFF
            units += 1
            switch unit {
            case 0x20...0x7E: return false
            case 0xD800...0xDBFF:
                if high != nil { return false }
                high = unit
            case 0xDC00...0xDFFF:
                guard let first = high else { return false }
                high = nil
                guard let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (unit - 0xDC00)) else {
                    return false
                }
                text.unicodeScalars.append(scalar)
            default:
                guard high == nil, let scalar = Unicode.Scalar(unit) else { return false }
                text.unicodeScalars.append(scalar)
            }
        }
        return false
    }

    private static func sextet(_ octet: UInt8) -> UInt32? {
        switch octet {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(octet - 0x41)
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(octet - 0x61 + 26)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(octet - 0x30 + 52)
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: ","): 63
        default: nil
        }
    }
}
