import Testing
import Traffic

@testable import Reporting

@Suite
struct AmountsTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000000Z"),
        (951_782_399_999_999_000, "2000-02-28T23:59:59.999999Z"),
        (951_782_400_000_000_000, "2000-02-29T00:00:00.000000Z"),
        (1_795_428_001_123_456_789, "2026-11-23T10:00:01.123456Z"),
        (4_107_542_400_000_000_000, "2100-03-01T00:00:00.000000Z"),
        (-1, "1969-12-31T23:59:59.999999Z"),
        (Int64.max, "2262-04-11T23:47:16.854775Z"),
        (Int64.min, "1677-09-21T00:12:43.145224Z"),
    ])
    func `times are RFC 3339 in UTC`(nanoseconds: Int64, expected: String) {
        #expect(String(rendering: { $0.append(Timestamp(nanoseconds: nanoseconds), fraction: 6) }) == expected)
    }

    @Test(arguments: [
        (0, "<0.1 ms"), (800_000, "0.8 ms"), (9_949_999, "9.9 ms"), (9_950_000, "10 ms"), (400_000_000, "400 ms"),
        (999_499_999, "999 ms"), (999_500_000, "1.0 s"), (12_345_000_000, "12.3 s"), (59_949_999_999, "59.9 s"),
        (59_950_000_000, "1 min 0 s"), (250_000_000_000, "4 min 10 s"), (3_599_500_000_000, "1 h 0 min"),
        (7_500_000_000_000, "2 h 5 min"), (-400_000_000, "-400 ms"), (Int64.min, "-2,562,047 h 47 min"),
    ])
    func `durations read as people say them`(nanoseconds: Int64, expected: String) {
        #expect(String(rendering: { $0.append(duration: nanoseconds) }) == expected)
    }

    @Test(arguments: [
        (0, "0 octets"), (1, "1 octet"), (88, "88 octets"), (3_120, "3,120 octets"), (99_999, "99,999 octets"),
        (100_000, "100 kB"), (999_499, "999 kB"), (999_500, "1.0 MB"), (3_100_000, "3.1 MB"),
        (123_456_789, "123 MB"), (123_500_000, "124 MB"), (999_499_999, "999 MB"), (999_500_000, "1.0 GB"),
        (UInt64.max, "18,446,744,074 GB"),
    ])
    func `amounts of octets are exact while small`(amount: UInt64, expected: String) {
        #expect(String(rendering: { $0.append(octets: amount) }) == expected)
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1_000, "1,000"), (4_998, "4,998"), (1_000_000, "1,000,000"), (1_002_003, "1,002,003"),
        (UInt64.max, "18,446,744,073,709,551,615"),
    ])
    func `counts have commas`(number: UInt64, expected: String) {
        #expect(String(rendering: { $0.append(grouped: number) }) == expected)
    }

    @Test(arguments: [
        (0, "  0.000"), (12_000_000, "  0.012"), (999_999_999_000_000, "999999.999"), (100_500_000_000, "100.500"),
        (-3_000_000, " -0.003"), (-1, "  0.000"),
    ])
    func `seconds are aligned`(nanoseconds: Int64, expected: String) {
        #expect(String(rendering: { $0.append(seconds: nanoseconds, width: 7) }) == expected)
    }

    @Test(arguments: [(400_123_456, "400.123"), (0, "0.000"), (-1_500_000, "-1.500"), (-999, "0.000")])
    func `milliseconds are JSON numbers`(nanoseconds: Int64, expected: String) {
        #expect(String(rendering: { $0.append(milliseconds: nanoseconds) }) == expected)
    }
}
