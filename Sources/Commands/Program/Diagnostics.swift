/// Makes text that repeats arguments or file content fit to be shown on a terminal and kept in a log.
enum Diagnostics {
    /// `text` without the user and password of URLs in it, and with control characters (line feeds excepted) and the
    /// characters that turn the direction of text written out as numbers.
    static func harmless(_ text: String) -> String {
        var result = ""
        for scalar in self.withoutCredentials(text).unicodeScalars {
            switch scalar.value {
            case 0x0A, 0x20..<0x7F: result.unicodeScalars.append(scalar)
            case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Replaces what stands between `://` and the last `@` of the same word.
    private static func withoutCredentials(_ text: String) -> String {
        guard text.contains("://"), text.contains("@") else { return text }
        var result = ""
        var rest = Substring(text)
        while let start = rest.firstRange(of: "://") {
            result += rest[..<start.upperBound]
            rest = rest[start.upperBound...]
            // A password may hold spaces and quotation marks, so all up to the last @ of the line goes.
            let line = rest.prefix { $0 != "\n" }
            if let at = line.lastIndex(of: "@") {
                result += "‹masked›"
                rest = rest[at...]
            }
        }
        return result + rest
    }
}
