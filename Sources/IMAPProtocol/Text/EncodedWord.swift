import Traffic

/// `=?charset?B or Q?text?=` (RFC 2047 section 2).
struct EncodedWord {
    /// RFC 2047 section 2 allows 75 octets; senders take more.
    private static let longest = 512

    /// Nil for a charset that is not decoded here.
    let charset: Charset?
    /// The charset's name, without a language.
    let charsetName: Range<Int>
    /// Without the transfer encoding, still in the charset.
    var octets: [UInt8]
    /// Offset behind the `?=`.
    let end: Int

    /// The word at `start`; nil when there is none.
    init?(_ text: RawSpan, _ start: Int, _ limit: Int) {
        let limit = min(limit, start + EncodedWord.longest)
        guard start + 1 < limit, text[start + 1] == UInt8(ascii: "?") else { return nil }
        func questionMark(_ from: Int) -> Int? {
            var index = from
            while index < limit {
                if text[index] == UInt8(ascii: "?") { return index }
                if text[index] <= 0x20 { return nil }
                index += 1
            }
            return nil
        }
        guard let first = questionMark(start + 2), let second = questionMark(first + 1), second == first + 2,
            let third = questionMark(second + 1), third + 1 < limit, text[third + 1] == UInt8(ascii: "=")
        else { return nil }
        // RFC 2231 section 5: a language may follow the charset.
        var name = start + 2..<first
        for index in name where text[index] == UInt8(ascii: "*") {
            name = name.lowerBound..<index
            break
        }
        guard !name.isEmpty else { return nil }
        self.charsetName = name
        self.charset = Charset(text, name)
        switch text[first + 1] | 0x20 {
        case UInt8(ascii: "b"): self.octets = EncodedWord.base64(text, second + 1..<third)
        case UInt8(ascii: "q"): self.octets = EncodedWord.quotedPrintable(text, second + 1..<third)
        default: return nil
        }
        self.end = third + 2
    }

    private static func base64(_ text: RawSpan, _ range: Range<Int>) -> [UInt8] {
        var octets: [UInt8] = []
        var bits: UInt32 = 0
        var bitCount = 0
        for index in range {
            let sextet: UInt32
            let octet = text[index]
            switch octet {
            case 0x41...0x5A: sextet = UInt32(octet - 0x41)
            case 0x61...0x7A: sextet = UInt32(octet - 0x61 + 26)
            case 0x30...0x39: sextet = UInt32(octet - 0x30 + 52)
            case 0x2B: sextet = 62
            case 0x2F: sextet = 63
            default: continue
            }
            bits = (bits & 0xFF) << 6 | sextet
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                octets.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
            }
        }
        return octets
    }

    private static func quotedPrintable(_ text: RawSpan, _ range: Range<Int>) -> [UInt8] {
        var octets: [UInt8] = []
        var index = range.lowerBound
        while index < range.upperBound {
            let octet = text[index]
            index += 1
            if octet == UInt8(ascii: "_") {
                octets.append(0x20)
            } else if octet == UInt8(ascii: "="), index + 1 < range.upperBound, let high = nibble(text[index]),
                let low = nibble(text[index + 1])
            {
                octets.append(high << 4 | low)
                index += 2
            } else {
                octets.append(octet)
            }
        }
        return octets
    }

    static func nibble(_ octet: UInt8) -> UInt8? {
        switch octet {
        case 0x30...0x39: octet - 0x30
        case 0x41...0x46: octet - 0x41 + 10
        case 0x61...0x66: octet - 0x61 + 10
        default: nil
        }
    }
}
