/// ISO-2022-JP (RFC 1468, RFC 2237): escape sequences say which charset the octets behind them are in.
enum ISO2022JP {
    private enum Charset {
        case ascii
        case roman
        case katakana
        case jisX0208
        /// Two octets a character, not decoded: JIS X 0212 and others.
        case other
    }

    static func decode(_ octets: [UInt8]) -> String {
        var text = String.UnicodeScalarView()
        var charset = Charset.ascii
        var index = 0
        while index < octets.count {
            let octet = octets[index]
            if octet == 0x1B, let (next, length) = self.escape(octets[(index + 1)...]) {
                charset = next
                index += 1 + length
                continue
            }
            // Controls are the same in all; a line begins in ASCII.
            if octet < 0x21 || octet > 0x7E {
                text.append(octet < 0x80 ? Unicode.Scalar(octet) : "\u{FFFD}")
                index += 1
                continue
            }
            switch charset {
            case .ascii: text.append(Unicode.Scalar(octet))
            case .roman: text.append(octet == 0x5C ? "¥" : octet == 0x7E ? "‾" : Unicode.Scalar(octet))
            case .katakana: text.append(self.katakana(Int(octet)) ?? "\u{FFFD}")
            case .jisX0208, .other:
                index += 1
                guard index < octets.count, (0x21...0x7E).contains(octets[index]) else {
                    text.append("\u{FFFD}")
                    continue
                }
                let cell = (Int(octet) - 0x21) * 94 + Int(octets[index]) - 0x21
                text.append((charset == .jisX0208 ? DoubleByteTable.jisX0208.character(cell) : nil) ?? "\u{FFFD}")
            }
            index += 1
        }
        return String(text)
    }

    /// JIS X 0201: `!` is U+FF61.
    static func katakana(_ octet: Int) -> Unicode.Scalar? {
        (0x21...0x5F).contains(octet) ? Unicode.Scalar(UInt32(0xFF40 + octet)) : nil
    }

    /// What stands behind ESC: the charset and the octets that name it.
    private static func escape(_ rest: ArraySlice<UInt8>) -> (Charset, Int)? {
        let names: [([UInt8], Charset)] = [
            (Array("(B".utf8), .ascii), (Array("(J".utf8), .roman), (Array("(I".utf8), .katakana),
            (Array("$@".utf8), .jisX0208), (Array("$B".utf8), .jisX0208), (Array("$A".utf8), .other),
            (Array("$(".utf8), .other),
        ]
        for (name, charset) in names where rest.starts(with: name) {
            // `$(D` and its like have one octet more.
            return (charset, name == Array("$(".utf8) ? min(3, rest.count) : 2)
        }
        return nil
    }
}
