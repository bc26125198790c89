/// Octets from a peer as text that may be shown to a person.
///
/// Invalid UTF-8 and characters that steer a terminal or the direction of text are written `\xNN`, octet by octet.
enum WireText {
    static func escape(_ bytes: some Collection<UInt8>) -> String {
        var text = ""
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            var decoder = UTF8()
            var octets = rest.makeIterator()
            if case .scalarValue(let scalar) = decoder.decode(&octets), self.isShowable(scalar) {
                text.unicodeScalars.append(scalar)
                rest = rest.dropFirst(UTF8.width(scalar))
            } else {
                text += self.escaped(rest[rest.startIndex])
                rest = rest.dropFirst()
            }
        }
        return text
    }

    /// The same, cut for a line of a transcript.
    static func excerpt(_ text: String, limit: Int = 160) -> String {
        text.unicodeScalars.count <= limit
            ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit))) + "…"
    }

    static func containsControls(_ bytes: some Sequence<UInt8>) -> Bool {
        bytes.contains { $0 < 0x20 || $0 == 0x7f }
    }

    private static func isShowable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }

    private static func escaped(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return "\\x" + (digits.utf8.count == 1 ? "0" + digits : digits)
    }
}
