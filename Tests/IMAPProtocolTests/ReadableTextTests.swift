import IMAPProtocol
import Testing

/// Dates, sets and encoded words as people read them.
struct ReadableTextTests {
    static let dates: [(String, String)] = [
        ("17-Jul-1996 02:44:25 -0700", "17 Jul 1996 02:44:25 -0700"),
        (" 7-Feb-1994 21:52:25 +0000", "7 Feb 1994 21:52:25 UTC"),
        ("Mon, 7 Feb 1994 21:52 GMT", "7 Feb 1994 21:52 UTC"),
        ("Mon,07 feb 94 21:52:25 EST (Eastern)", "7 Feb 94 21:52:25 EST"),
        ("32-Jan-2026", "32-Jan-2026"),
        ("1-Foo-2026", "1-Foo-2026"),
        ("1-Jan-20260", "1-Jan-20260"),
        ("", ""),
    ]

    @Test(arguments: dates)
    func `a date has one form, what is none stays as it is`(_ date: String, _ shown: String) {
        #expect(Notes.response("* 1 FETCH (INTERNALDATE \"\(date)\")") == "message 1: arrived \(shown)")
    }

    static let sets: [(String, String)] = [
        ("1:500,502,504,506,508,510,512,514,516,600:2600", "1-500, 502, 504, 506 and 6 more ranges (2,509 in all)"),
        ("9,8,7,6,5,4,3,2,1", "9, 8, 7, 6 and 5 more (at most 9 in all)"),
        ("1,2,3,4,5,6,7,8,9:*", "1, 2, 3, 4 and 5 more ranges"),
        ("5:3,*:7", "3-5 and 7-*"),
        ("1:18446744073709551615,2", "1-18446744073709551615 and 2"),
        ("1:99999999999999999999", "“1:99999999999999999999” (not a valid set)"),
    ]

    @Test(arguments: sets)
    func `a set with many members is summarised`(_ set: String, _ shown: String) {
        #expect(Notes.command("1 COPY \(set) a") == "copies messages \(shown) to “a”")
    }

    static let subjects: [(String, String)] = [
        ("=?ISO-8859-1?Q?Andr=E9?=", "André"),
        ("=?UTF-8?B?5pel5pys6Kqe?=", "日本語"),
        ("=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=", "ab"),
        ("=?ISO-8859-1?Q?a_b?= c", "a b c"),
        ("=?utf-8?B?5pel?=  =?utf-8?B?5g==?= =?UTF-8?B?nKw=?=", "日本"),
        ("=?windows-1252?Q?=80?=", "€"),
        ("=?cp1252?Q?=80?=", "€"),
        ("=?ISO-8859-15?Q?=A4?=", "€"),
        ("=?iso-8859-2?q?=B1?= =?koi8-r?q?=C1?=", "ąа"),
        ("=?windows-1251?B?z/Do4uXy?=", "Привет"),
        ("=?ISO-8859-7?Q?=E1?=", "α"),
        ("=?ISO-8859-1*fr?Q?=E9?=", "é"),
        ("=?ISO-2022-KR?B?GyRC?= x", "(text in ISO-2022-KR) x"),
        ("=?UTF-7?Q?+AOk-?=", "(text in UTF-7)"),
        ("=?x?Q?a", "=?x?Q?a"),
        ("=?UTF-8?Q?=1B[2J?=", "\\x1B[2J"),
        ("=?UTF-8?Q?=FF?=", "\u{FFFD}"),
    ]

    @Test(arguments: subjects)
    func `encoded words are decoded, or named by their charset`(_ subject: String, _ shown: String) {
        let line = "* 1 FETCH (ENVELOPE (NIL \"\(subject)\" NIL NIL NIL NIL NIL NIL NIL NIL))"
        #expect(Notes.response(line) == "message 1: “\(shown)”")
    }
}
