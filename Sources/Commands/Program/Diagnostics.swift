/// Makes text that repeats arguments fit to be shown and kept in a log.
enum Diagnostics {
    /// Replaces what stands between `://` and the last `@` of the same word.
    static func withoutCredentials(_ text: String) -> String {
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
