/// A list-mailbox of RFC 3501 section 6.3.8: `*` matches anything, `%` anything but the separator.
struct MailboxPattern: Sendable {
    private let pattern: [UInt8]
    private let separator: UInt8

    init(reference: [UInt8], pattern: [UInt8], separator: UInt8) {
        self.pattern = reference + pattern
        self.separator = separator
    }

    func matches(_ name: String) -> Bool {
        // INBOX matches in any case.
        let octets = Array(name.utf8)
        if self.matches(octets, self.pattern) { return true }
        guard octets.starts(with: "INBOX".utf8) else { return false }
        return self.matches(octets, Array(self.pattern.prefix(5)).isEqual(ignoringCase: "INBOX") ? self.canonical : [])
    }

    private var canonical: [UInt8] { Array("INBOX".utf8) + self.pattern.dropFirst(5) }

    /// One row of the table "how much of the name can the pattern so far match" at a time: no pattern takes long.
    private func matches(_ name: [UInt8], _ pattern: [UInt8]) -> Bool {
        var row = [Bool](repeating: false, count: name.count + 1)
        row[0] = true
        for symbol in pattern {
            if symbol == UInt8(ascii: "*") || symbol == UInt8(ascii: "%") {
                for index in name.indices where row[index] {
                    if symbol == UInt8(ascii: "*") || name[index] != self.separator { row[index + 1] = true }
                }
            } else {
                for index in name.indices.reversed() { row[index + 1] = row[index] && name[index] == symbol }
                row[0] = false
            }
        }
        return row[name.count]
    }
}
