import FilterLanguage
import Testing

@Suite struct FilterErrorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var filter: String
        var column: Int
        var words: String
        var suggestion: String?

        init(_ filter: String, _ column: Int, _ words: String, _ suggestion: String? = nil) {
            self.filter = filter
            self.column = column
            self.words = words
            self.suggestion = suggestion
        }

        var testDescription: String { self.filter }
    }

    @Test(arguments: [
        Case("", 1, "empty"),
        Case("   ", 4, "empty"),
        Case("comand == LOGIN", 1, "no field “comand”", "command"),
        Case("imap.comand == LOGIN", 1, "no field", "command"),
        Case("request.password == x", 1, "masked before"),
        Case("imap.request.password contains \"x\"", 1, "masked before"),
        Case("command = LOGIN", 9, "no operator", "=="),
        Case("command=LOGIN", 1, "no operator", "command == LOGIN"),
        Case("command == ", 12, "a value must stand here"),
        Case("command ==", 11, "a value must stand here"),
        Case("tls.version >= 1.4", 16, "one of TLS 1.0"),
        Case("status not {OK}", 8, "“and” or “or”", "and"),
        Case("kind == comand", 9, "none of them", "command"),
        Case("direction == sever", 14, "one of client, server", "server"),
        Case("severity >= hihg", 13, "none of them", "high"),
        Case("user < joe", 6, "has no order"),
        Case("latency contains 5", 9, "in which cannot be searched", "=="),
        Case("latency > 5 parsecs", 13, "“and” or “or”", "and"),
        Case("latency > 5parsecs", 11, "a duration"),
        Case("length > 1TiBB", 10, "a number of octets"),
        Case("number == five", 11, "a whole number"),
        Case("complete == maybe", 13, "true or false"),
        Case("peer == 10.0.0.0/99", 9, "is no network", "10.0.0.0/8"),
        Case("(command == LOGIN", 1, "not closed"),
        Case("command == LOGIN)", 17, "closes nothing"),
        Case("command == LOGIN user == joe", 18, "“and” or “or”", "and"),
        Case("command == LOGIN or", 20, "the filter ends"),
        Case("\"LOGIN\" == command", 1, "not a string"),
        Case("tag == \"a1", 8, "has no end", "a closing \""),
        Case("status in {OK", 11, "not closed"),
        Case("status in {}", 12, "empty set"),
        Case("uid in {9..5}", 9, "upside down"),
        Case("text matches \"(a\"", 16, "missing closing parenthesis"),
        Case("text matches \"a\\Cb\"", 18, "no regular expression"),
        Case("text == \"\\xZZ\"", 10, "hexadecimal"),
        Case("a | b", 3, "no operator", "or"),
        Case("not", 4, "the filter ends"),
        Case("status == and", 11, "quote it"),
        Case(String(repeating: "(", count: 200) + "a", 101, "deeper than 100"),
        Case(String(repeating: "a", count: 20_000), 16_385, "longer than"),
    ])
    func `a wrong filter is refused with its place, the reason and what was meant`(test: Case) {
        let error = #expect(throws: FilterError.self) { try Filter(test.filter) }
        #expect(error?.column == test.column)
        #expect(error?.reason.contains(test.words) == true, "\(error?.description ?? "no error")")
        #expect(error?.suggestion == test.suggestion)
    }

    @Test func `every field has a name of its own, a meaning, and values of its type`() throws {
        var seen: Set<String> = []
        for field in FieldRegistry.all {
            for name in [field.name] + field.aliases { #expect(seen.insert(name).inserted, "\(name) stands twice") }
            #expect(!field.meaning.isEmpty && !field.meaning.hasSuffix("."))
            #expect(FieldRegistry.field("imap." + field.name) != nil)
            if let first = field.values.first { _ = try Filter("\(field.name) == '\(first)'") }
            _ = try Filter(field.name)
        }
    }

    /// The names of tshark's IMAP dissector (Wireshark 4), but the password's.
    @Test(arguments: [
        "isrequest", "line", "request", "request_tag", "response", "response_tag", "request.command",
        "response.command", "response.status", "tag", "command", "request.folder", "request.command.uid",
        "request.username", "response_in", "response_to", "time",
    ])
    func `tshark's names are known with and without their prefix`(name: String) throws {
        _ = try Filter(name)
        _ = try Filter("imap.\(name)")
        _ = try Filter("IMAP.\(name.uppercased())")
    }

    @Test(
        arguments: [
            ("0", 0), ("1MB", 1_000_000), ("4KiB", 4096), ("1.5k", 1500), ("2GiB", 2 << 30), ("12octets", 12),
        ] as [(String, Int64)]
    )
    func `sizes have the units that people write`(text: String, octets: Int64) {
        #expect(Quantity.size(text) == octets)
    }

    @Test(
        arguments: [
            ("1", 1_000_000_000), ("200ms", 200_000_000), ("1.5s", 1_500_000_000), ("0.000001ms", 1),
            ("2m", 120_000_000_000),
        ] as [(String, Int64)]
    )
    func `durations have the units that people write`(text: String, nanoseconds: Int64) {
        #expect(Quantity.duration(text) == nanoseconds)
    }

    @Test(arguments: ["", "MB", "1.2.3", "-1", "99999999999999999999", "9223372037GB", "1 MB", "1.", "1.0000000001s"])
    func `what is no quantity is none`(text: String) {
        #expect(Quantity.size(text) == nil)
        #expect(Quantity.duration(text) == nil)
    }

    @Test(
        arguments: [
            ("\\d{4}", "a1234 b12", 7), ("\\d{4}", "a1234 b1234", nil), ("\\bcat\\b", "a cat", 2),
            ("cat", "a dog", nil),
            ("cat", "", nil), ("caf\u{E9}s", "a caf\u{E9}", 2), ("x*", "abc", 3), ("^ab", "zab", nil),
            ("(a+)+$", "xaaab", nil),
        ] as [(String, String, Int?)]
    )
    func `what may begin a match that goes on behind the end is found`(pattern: String, text: String, place: Int?)
        throws
    {
        let expression = try RegularExpression(pattern)
        #expect(Array(text.utf8).withUnsafeBytes { expression.cutMatch(in: $0) } == place)
    }

    @Test func `half a character at the end may begin a match`() throws {
        let expression = try RegularExpression("caf\u{E9}s")
        let octets = Array("a caf".utf8) + [0xC3]
        #expect(octets.withUnsafeBytes { expression.cutMatch(in: $0) } == 2)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("2001:db8::/32", "2001:db8:1::1", true),
        ("127.0.0.1", "::ffff:127.0.0.1", true), ("0.0.0.0/0", "1.2.3.4", true), ("0.0.0.0/0", "2001:db8::1", false),
        ("fe80::1", "fe80::1%eth0", true), ("::/0", "1.2.3.4", true),
    ])
    func `networks hold their addresses`(network: String, address: String, isInside: Bool) throws {
        let range = try #require(AddressRange(network))
        #expect(range.contains(try #require(NumericAddress(address))) == isInside)
    }
}
