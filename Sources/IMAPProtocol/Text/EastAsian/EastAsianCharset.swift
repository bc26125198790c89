/// The charsets of Chinese, Japanese and Korean mail, decoded by tables of our own: what a host's iconv knows depends on what
/// is installed there, and notes must not.
enum EastAsianCharset: Sendable, Hashable {
    /// RFC 1468.
    case iso2022JP
    case shiftJIS
    case eucJP
    /// GB 2312 and GBK are read as the GB 18030 that holds them.
    case gb18030
    case big5
    /// EUC-KR is read as the unified Hangul code that holds it.
    case eucKR

    /// The charset of `name`, in capitals (IANA, Character Sets).
    init?(_ name: String) {
        switch name {
        case "ISO-2022-JP", "ISO-2022-JP-1", "ISO-2022-JP-2", "ISO-2022-JP-MS", "CSISO2022JP": self = .iso2022JP
        case "SHIFT_JIS", "SHIFT-JIS", "SJIS", "X-SJIS", "MS_KANJI", "WINDOWS-31J", "CP932", "WINDOWS-932":
            self = .shiftJIS
        case "EUC-JP", "EUCJP", "X-EUC-JP": self = .eucJP
        case "GB2312", "GB_2312-80", "X-GB2312", "EUC-CN", "GBK", "X-GBK", "CP936", "WINDOWS-936", "GB18030":
            self = .gb18030
        case "BIG5", "X-BIG5", "X-X-BIG5", "CP950", "WINDOWS-950": self = .big5
        case "EUC-KR", "KS_C_5601-1987", "KS_C_5601-1989", "KS_C_5601", "KSC_5601", "KSC5601", "CP949", "WINDOWS-949",
            "UHC":
            self = .eucKR
        default: return nil
        }
    }

    /// U+FFFD stands for each sequence that is none; an ASCII octet is never swallowed by a damaged one before it.
    func decode(_ octets: [UInt8]) -> String {
        if self == .iso2022JP { return ISO2022JP.decode(octets) }
        var text = String.UnicodeScalarView()
        var index = 0
        while index < octets.count {
            let lead = octets[index]
            if lead < 0x80 {
                text.append(Unicode.Scalar(lead))
                index += 1
                continue
            }
            let (character, length) = self.character(octets, index)
            text.append(character ?? "\u{FFFD}")
            index += length
        }
        return String(text)
    }

    /// The character at a lead octet above 0x7F, nil when there is none, and how many octets it takes.
    private func character(_ octets: [UInt8], _ index: Int) -> (Unicode.Scalar?, Int) {
        let lead = Int(octets[index])
        let trail = index + 1 < octets.count ? Int(octets[index + 1]) : 0
        switch self {
        case .shiftJIS where (0xA1...0xDF).contains(lead): return (ISO2022JP.katakana(lead - 0x80), 1)
        case .eucJP where lead == 0x8E && trail >= 0xA1: return (ISO2022JP.katakana(trail - 0x80), 2)
        // JIS X 0212 is not decoded.
        case .eucJP where lead == 0x8F && trail >= 0xA1:
            return (nil, index + 2 < octets.count && octets[index + 2] >= 0xA1 ? 3 : 2)
        case .gb18030 where (0x30...0x39).contains(trail): return self.fourOctets(octets, index)
        default: break
        }
        let found = self.cell(lead, trail)
        // An ASCII octet behind a lead may be the start of something else.
        return (found, found == nil && trail < 0x80 ? 1 : 2)
    }

    private func cell(_ lead: Int, _ trail: Int) -> Unicode.Scalar? {
        switch self {
        case .iso2022JP: return nil
        case .shiftJIS:
            guard (0x40...0xFC).contains(trail), trail != 0x7F else { return nil }
            let row = lead < 0xA0 ? lead - 0x81 : lead - 0xC1
            guard row >= 0 else { return nil }
            return DoubleByteTable.jisX0208.character(row * 188 + trail - (trail < 0x7F ? 0x40 : 0x41))
        case .eucJP:
            guard lead >= 0xA1, trail >= 0xA1 else { return nil }
            return DoubleByteTable.jisX0208.character((lead - 0xA1) * 94 + trail - 0xA1)
        case .gb18030:
            guard lead >= 0x81, (0x40...0xFE).contains(trail), trail != 0x7F else { return nil }
            return DoubleByteTable.gbk.character((lead - 0x81) * 190 + trail - (trail < 0x7F ? 0x40 : 0x41))
        case .big5:
            guard lead >= 0xA1, (0x40...0x7E).contains(trail) || (0xA1...0xFE).contains(trail) else { return nil }
            return DoubleByteTable.big5.character((lead - 0xA1) * 157 + trail - (trail < 0x7F ? 0x40 : 0x62))
        case .eucKR:
            let column: Int
            switch trail {
            case 0x41...0x5A: column = trail - 0x41
            case 0x61...0x7A: column = trail - 0x61 + 26
            case 0x81...0xFE: column = trail - 0x81 + 52
            default: return nil
            }
            guard lead >= 0x81 else { return nil }
            return DoubleByteTable.unifiedHangul.character((lead - 0x81) * 178 + column)
        }
    }

    /// GB 18030: `81 30 81 30` to `FE 39 FE 39`.
    private func fourOctets(_ octets: [UInt8], _ index: Int) -> (Unicode.Scalar?, Int) {
        guard index + 3 < octets.count, octets[index] >= 0x81, octets[index + 2] >= 0x81,
            (0x30...0x39).contains(octets[index + 3])
        else { return (nil, 1) }
        let number =
            ((Int(octets[index]) - 0x81) * 10 + Int(octets[index + 1]) - 0x30) * 1260
            + (Int(octets[index + 2]) - 0x81) * 10 + Int(octets[index + 3]) - 0x30
        return (GB18030Ranges.character(number), 4)
    }
}
