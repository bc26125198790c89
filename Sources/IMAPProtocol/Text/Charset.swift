import Traffic

/// A charset of encoded words that is decoded here: UTF-8, Latin 1, those of one octet a character that mail still uses, and
/// those of Chinese, Japanese and Korean. Text in others (UTF-7, ISO-2022-KR, HZ-GB-2312 …) is named and not decoded.
enum Charset: Sendable {
    case utf8
    case latin1
    case table(Table)
    case eastAsian(EastAsianCharset)

    /// The charset named by `range`, by its name in MIME or a usual alias (IANA, Character Sets); nil for others.
    init?(_ text: RawSpan, _ range: Range<Int>) {
        guard (3...20).contains(range.count) else { return nil }
        switch text.uppercased(range) {
        case "UTF-8", "UTF8", "US-ASCII", "ASCII": self = .utf8
        case "ISO-8859-1", "ISO8859-1", "ISO_8859-1", "LATIN1": self = .latin1
        case let name:
            if let charset = EastAsianCharset(name) {
                self = .eastAsian(charset)
            } else if let table = Charset.table(name) {
                self = .table(table)
            } else {
                return nil
            }
        }
    }

    private static func table(_ name: String) -> Table? {
        if name.hasPrefix("ISO") { return self.iso8859(String(name.drop { $0 != "8" })) }
        if name.hasPrefix("WINDOWS-") { return self.windows(String(name.dropFirst(8))) }
        if name.hasPrefix("CP") { return self.windows(String(name.dropFirst(2))) }
        return switch name {
        case "KOI8-R": .some(self.koi8R)
        case "KOI8-U": self.koi8U
        case "MACINTOSH", "X-MAC-ROMAN": self.macRoman
        case "IBM437": self.ibm437
        case "IBM850": self.ibm850
        case "IBM866": self.ibm866
        case "TIS-620": self.windows874
        default: nil
        }
    }

    /// `8859-2`, and `8859-8-I`, whose letters are those of part 8 (RFC 1556).
    private static func iso8859(_ part: String) -> Table? {
        switch part {
        case "8859-2": self.iso8859_2
        case "8859-3": self.iso8859_3
        case "8859-4": self.iso8859_4
        case "8859-5": self.iso8859_5
        case "8859-6": self.iso8859_6
        case "8859-7": self.iso8859_7
        case "8859-8", "8859-8-I", "8859-8-E": self.iso8859_8
        case "8859-9": self.iso8859_9
        case "8859-10": self.iso8859_10
        case "8859-11": self.iso8859_11
        case "8859-13": self.iso8859_13
        case "8859-14": self.iso8859_14
        case "8859-15": self.iso8859_15
        case "8859-16": self.iso8859_16
        default: nil
        }
    }

    private static func windows(_ page: String) -> Table? {
        switch page {
        case "1250": self.windows1250
        case "1251": self.windows1251
        case "1252": self.windows1252
        case "1253": self.windows1253
        case "1254": self.windows1254
        case "1255": self.windows1255
        case "1256": self.windows1256
        case "1257": self.windows1257
        case "1258": self.windows1258
        case "874": self.windows874
        case "437": self.ibm437
        case "850": self.ibm850
        case "866": self.ibm866
        default: nil
        }
    }

    /// Whether octets of `self` may be joined to octets of `other` before they are decoded.
    func isSame(_ other: Charset) -> Bool {
        switch (self, other) {
        case (.utf8, .utf8), (.latin1, .latin1): true
        case (.table(let one), .table(let two)): one.characters.utf8Start == two.characters.utf8Start
        case (.eastAsian(let one), .eastAsian(let two)): one == two
        default: false
        }
    }

    func decode(_ octets: [UInt8]) -> String {
        switch self {
        case .utf8: return String(decoding: octets, as: UTF8.self)
        case .latin1: return String(String.UnicodeScalarView(octets.map { Unicode.Scalar($0) }))
        case .eastAsian(let charset): return charset.decode(octets)
        case .table(let table):
            let upper = Array(table.characters.description.unicodeScalars)
            var text = String.UnicodeScalarView()
            for octet in octets {
                let index = Int(octet) - Int(table.first)
                text.append(index >= 0 && index < upper.count ? upper[index] : Unicode.Scalar(octet))
            }
            return String(text)
        }
    }
}
