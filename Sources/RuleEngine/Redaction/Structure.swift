/// The values in a header (RFC 5322 section 2.2), whose field names stay.
enum HeaderLines {
    static func values(_ octets: UnsafeRawBufferPointer, _ range: Range<Int>) -> [Range<Int>] {
        var values: [Range<Int>] = []
        var line = range.lowerBound
        while line < range.upperBound {
            var end = line
            while end < range.upperBound, octets[end] != 0x0A { end += 1 }
            let next = min(end + 1, range.upperBound)
            if end > line, octets[end - 1] == 0x0D { end -= 1 }
            // A folded line has no name: all of it is value. So is a line that is no field at all.
            let isFolded = line < end && (octets[line] == 0x20 || octets[line] == 0x09)
            let colon = isFolded ? nil : octets[line..<end].firstIndex(of: UInt8(ascii: ":"))
            var start = colon.map { $0 + 1 } ?? line
            while start < end, octets[start] == 0x20 || octets[start] == 0x09 { start += 1 }
            if start < end { values.append(start..<end) }
            line = next
        }
        return values
    }
}

/// The levels of a mailbox name: hierarchy stays to be seen, and equal levels get equal placeholders.
enum MailboxLevels {
    static func ranges(_ octets: UnsafeRawBufferPointer, _ range: Range<Int>) -> [Range<Int>] {
        var levels: [Range<Int>] = []
        var start = range.lowerBound
        for index in range where Self.isBetween(octets[index]) {
            if index > start { levels.append(start..<index) }
            start = index + 1
        }
        if start < range.upperBound { levels.append(start..<range.upperBound) }
        return levels.filter { !Self.isInbox(octets, $0) }
    }

    /// Hierarchy delimiters in use, wildcards of LIST, and escapes of quoted strings.
    private static func isBetween(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "*"), UInt8(ascii: "%"), UInt8(ascii: "\\"),
            UInt8(ascii: "\""):
            true
        default: false
        }
    }

    private static func isInbox(_ octets: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
        range.count == 5 && zip(octets[range], "INBOX".utf8).allSatisfy { $0 & 0xDF == $1 }
    }
}
