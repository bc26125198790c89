import Testing

@testable import IMAPProtocol

/// Subjects in the charsets of Chinese, Japanese and Korean mail, and in some of one octet a character.
struct EastAsianTextTests {
    static let subjects: [(String, String)] = [
        ("=?ISO-2022-JP?B?GyRCRnxLXDhsJE4lYSE8JWskRyQ5GyhC?=", "日本語のメールです"),
        ("=?iso-2022-jp?B?QUJDIBskQjRBO3obKEIgeHl6?=", "ABC 漢字 xyz"),
        ("=?Shift_JIS?B?k/qWe4zq0rDZh0CHiu7g?=", "日本語ﾒｰﾙ①㈱髙"),
        ("=?Shift_JIS?B?lVyOpoNcg3SDZw==?=", "表示ソフト"),
        ("=?EUC-JP?B?xvzL3LjsjtKOsI7ZIKXGpbmlyA==?=", "日本語ﾒｰﾙ テスト"),
        ("=?GB2312?B?xOO6w6OsysC95w==?=", "你好，世界"),
        ("=?GBK?B?5me7+SC3sfN319Y=?=", "鎔基 繁體字"),
        ("=?GB18030?B?xOO6wyCBMIoxIJQ5/DYgouM=?=", "你好 ä 😀 €"),
        ("=?Big5?B?wWPF6aSkpOWrSKXz?=", "繁體中文信件"),
        ("=?EUC-KR?B?vsiz58fPvLy/5A==?=", "안녕하세요"),
        ("=?ks_c_5601-1987?B?lO68hIxj?=", "뷁펲똠"),
        ("=?KOI8-R?B?8NLJ18XU?=", "Привет"),
        ("=?windows-1250?B?jmx1nW916Gv9?=", "Žluťoučký"),
        ("=?EUC-JP?B?xvzL?= =?EUC-JP?B?3A==?=", "日本"),
    ]

    /// Damage costs the character that it hits and no more.
    static let damaged: [(String, String)] = [
        ("=?Shift_JIS?B?YYg=?=", "a\u{FFFD}"),
        ("=?Shift_JIS?B?iCJi?=", "\u{FFFD}\"b"),
        ("=?EUC-JP?B?xiHG/A==?=", "\u{FFFD}!日"),
        ("=?EUC-JP?B?j7CheA==?=", "\u{FFFD}x"),
        ("=?GB2312?B?xOP/?=", "你\u{FFFD}"),
        ("=?GB18030?B?gTCB?=", "\u{FFFD}0\u{FFFD}"),
        ("=?GB18030?B?/jn+OQ==?=", "\u{FFFD}"),
        ("=?Big5?B?//+kQA==?=", "\u{FFFD}一"),
        ("=?EUC-KR?B?sA==?=", "\u{FFFD}"),
        ("=?ISO-2022-JP?B?GyRCRnxL?=", "日\u{FFFD}"),
        ("=?ISO-2022-JP?B?GyRCRnwbKEJ4GyhKXBsoSUE=?=", "日x¥ﾁ"),
        ("=?ISO-2022-JP?B?GyQoRDAhGyhCeA==?=", "\u{FFFD}x"),
        ("=?ISO-2022-JP?B?GyRCxvw=?=", "\u{FFFD}\u{FFFD}"),
        ("=?ISO-2022-KR?B?GyQpQw==?=", "(text in ISO-2022-KR)"),
        ("=?HZ-GB-2312?B?fntWUE5Efn0=?=", "(text in HZ-GB-2312)"),
    ]

    @Test(arguments: subjects + damaged)
    func `encoded words are read in their charset`(_ subject: String, _ shown: String) {
        let line = "* 1 FETCH (ENVELOPE (NIL \"\(subject)\" NIL NIL NIL NIL NIL NIL NIL NIL))"
        let note = Notes.response(line)
        #expect(note == "message 1: “\(shown)”")
    }

    @Test
    func `the tables have the cells that their standards have`() {
        #expect(DoubleByteTable.jisX0208.count == 118 * 94 + 12)
        #expect(DoubleByteTable.gbk.count == 125 * 190 + 95)
        #expect(DoubleByteTable.big5.count == 89 * 157)
        #expect(DoubleByteTable.unifiedHangul.count == 125 * 178)
        // The first and the last kanji of levels 1 and 2, the first and last of Big5, the last syllable.
        #expect(DoubleByteTable.jisX0208.character(15 * 94) == "亜")
        #expect(DoubleByteTable.jisX0208.character(83 * 94 + 5) == "熙")
        #expect(DoubleByteTable.gbk.character(0) == "丂")
        #expect(DoubleByteTable.big5.character(3 * 157) == "一")
        #expect(DoubleByteTable.big5.character(10_000_000) == nil)
        let syllables = (0..<DoubleByteTable.unifiedHangul.count).compactMap {
            DoubleByteTable.unifiedHangul.character($0)
        }.filter { (0xAC00...0xD7A3).contains($0.value) }
        #expect(Set(syllables).count == 11_172)
    }

    @Test(arguments: [EastAsianCharset.iso2022JP, .shiftJIS, .eucJP, .gb18030, .big5, .eucKR])
    func `any two octets are no trap, and ASCII stays what it is`(_ charset: EastAsianCharset) {
        var traps: [[UInt8]] = []
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max {
                let text = charset.decode([first, second, 0x0A, 0x41])
                if text.unicodeScalars.last != "A" { traps.append([first, second]) }
            }
        }
        #expect(traps.isEmpty)
        #expect(charset.decode(Array("plain ~ text".utf8)) == "plain ~ text")
        #expect(charset.decode([]).isEmpty)
    }

    @Test
    func `every character that GB 18030 gives four octets is found by its number`() {
        #expect(GB18030Ranges.character(0) == "\u{80}")
        #expect(GB18030Ranges.character(39_419) == "\u{FFFF}")
        #expect(GB18030Ranges.character(39_420) == nil)
        #expect(GB18030Ranges.character(189_000) == "\u{10000}")
        #expect(GB18030Ranges.character(189_000 + 0xFFFFF) == "\u{10FFFF}")
        #expect(GB18030Ranges.character(189_000 + 0x100000) == nil)
    }
}
