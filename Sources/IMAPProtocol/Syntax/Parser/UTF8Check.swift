import Traffic

/// UTF-8 by RFC 3629: no overlong forms, no surrogates, nothing beyond U+10FFFF.
enum UTF8Check {
    static func isValid(_ octets: RawSpan) -> Bool {
        var index = 0
        let count = octets.byteCount
        while index < count {
            let first = octets[index]
            index += 1
            guard first >= 0x80 else { continue }
            let (length, low, high): (Int, UInt8, UInt8) =
                switch first {
                case 0xC2...0xDF: (1, 0x80, 0xBF)
                case 0xE0: (2, 0xA0, 0xBF)
                case 0xED: (2, 0x80, 0x9F)
                case 0xE1...0xEF: (2, 0x80, 0xBF)
                case 0xF0: (3, 0x90, 0xBF)
                case 0xF1...0xF3: (3, 0x80, 0xBF)
                case 0xF4: (3, 0x80, 0x8F)
                default: (0, 0, 0)
                }
            guard length > 0, index + length <= count else { return false }
            guard octets[index] >= low, octets[index] <= high else { return false }
            for offset in 1..<max(length, 1) where octets[index + offset] & 0xC0 != 0x80 { return false }
            index += length
        }
        return true
    }
}
