/// A point in time as people in all time zones read it.
enum UTCTime {
    /// `2026-11-24 01:30:00 UTC`; years beyond four digits are told as such.
    static func text(seconds: Int64) -> String {
        let limit: Int64 = 253_402_300_799
        guard seconds >= -62_135_596_800 else { return "before the year 1" }
        guard seconds <= limit else { return "after the year 9999" }
        let days = seconds.quotientAndRemainder(dividingBy: 86_400)
        let day = days.remainder < 0 ? days.quotient - 1 : days.quotient
        let rest = days.remainder < 0 ? days.remainder + 86_400 : days.remainder
        let date = self.date(day: day)
        return "\(self.digits(date.year, 4))-\(self.digits(date.month, 2))-\(self.digits(date.day, 2)) "
            + "\(self.digits(rest / 3600, 2)):\(self.digits(rest / 60 % 60, 2)):\(self.digits(rest % 60, 2)) UTC"
    }

    /// Units of 100 ns since 1601 (MS-DTYP 2.3.3, FILETIME) as seconds since 1970.
    static func seconds(fileTime: UInt64) -> Int64 {
        Int64(fileTime / 10_000_000) - 11_644_473_600
    }

    /// A length of time: `59 s`, `10 min`, `12 h`, `30 d`.
    static func duration(seconds: Int64) -> String {
        switch seconds.magnitude {
        case ..<120: "\(seconds) s"
        case ..<7200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3600) h"
        default: "\(seconds / 86_400) d"
        }
    }

    /// The Gregorian date of a day counted from 1970-01-01. Years begin in March here, so that leap days come last.
    private static func date(day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private static func digits(_ value: Int64, _ count: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    }
}
