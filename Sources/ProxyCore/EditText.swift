import IMAPSession
import IMAPWire
import RuleEngine

/// How a change of a message is shown: before and after, free of secrets, and no longer than can be read.
enum EditText {
    private static let longest = 1024
    private static let context = 64

    /// - Parameter secrets: ranges of `octets` that must not be shown; only of the first line when `isText` is false.
    static func texts(
        _ octets: [UInt8],
        _ secrets: [SecretRange],
        _ replacements: [WirePlan.Replacement],
        isText: Bool,
        literals: [LiteralRecord]
    ) -> (before: String, after: String) {
        let last = replacements.last?.range.upperBound ?? 0
        // Behind a literal that is not kept whole nothing is known of secrets.
        let known = isText ? octets.count : literals.first?.textOffset ?? octets.count
        let end = min(Self.lineEnd(octets, from: max(last - 1, 0)), known)
        let first = replacements.first?.range.lowerBound ?? 0
        let start = end > Self.longest ? max(0, min(first, end) - Self.context) : 0
        var before = start > 0 ? "…" : ""
        var after = before
        before += Self.masked(octets, start..<end, secrets)
        var position = start
        for replacement in replacements where replacement.range.lowerBound <= end {
            after += Self.masked(octets, position..<max(position, replacement.range.lowerBound), secrets)
            after += Self.shown(replacement, secrets)
            position = max(position, replacement.range.upperBound)
        }
        if position < end { after += Self.masked(octets, position..<end, secrets) }
        return (Self.cut(before), Self.cut(Self.trimmed(after)))
    }

    /// All of a message that can be shown.
    static func text(_ octets: [UInt8], _ secrets: [SecretRange], isText: Bool, literals: [LiteralRecord]) -> String {
        let known = isText ? octets.count : literals.first?.textOffset ?? octets.count
        return Self.masked(octets, 0..<known, secrets)
    }

    /// What stands in place of a secret is one, whoever says so.
    private static func shown(_ replacement: WirePlan.Replacement, _ secrets: [SecretRange]) -> String {
        if secrets.contains(where: { $0.range.overlaps(replacement.range) }) { return Self.mask }
        return Self.masked(
            replacement.octets,
            0..<replacement.octets.count,
            replacement.secrets.map { SecretRange($0, showsLength: false) }
        )
    }

    private static let mask = "‹masked›"

    private static func masked(_ octets: [UInt8], _ range: Range<Int>, _ secrets: [SecretRange]) -> String {
        var text = ""
        var position = range.lowerBound
        for secret in secrets where secret.range.overlaps(range) && secret.range.upperBound > position {
            let start = max(secret.range.lowerBound, position)
            text += String(decoding: octets[position..<start], as: UTF8.self) + Self.mask
            position = min(secret.range.upperBound, range.upperBound)
        }
        return text + String(decoding: octets[position..<range.upperBound], as: UTF8.self)
    }

    private static func lineEnd(_ octets: [UInt8], from start: Int) -> Int {
        guard start < octets.count else { return octets.count }
        var end = octets[start...].firstIndex(of: 0x0A) ?? octets.count
        if end > 0, end <= octets.count, octets[end - 1] == 0x0D { end -= 1 }
        return end
    }

    private static func trimmed(_ text: String) -> String {
        var text = text[...]
        while let last = text.last, last.isNewline { text.removeLast() }
        return String(text)
    }

    static func cut(_ text: String) -> String {
        guard text.utf8.count > Self.longest else { return text }
        return String(decoding: text.utf8.prefix(Self.longest), as: UTF8.self) + "…"
    }
}

extension EditText {
    /// Where the secrets of a message stand in all of its octets, when its text keeps only the beginning of its literals:
    /// behind the first one, everything from the first secret on may be one.
    static func octetRanges(of message: Message, _ count: Int) -> [Range<Int>] {
        let known = message.literals.first?.textOffset ?? count
        var ranges: [Range<Int>] = []
        for secret in message.secrets where secret.range.lowerBound < count {
            guard secret.range.upperBound <= known else {
                // In the text it stands no later than in the octets.
                ranges.append(max(secret.range.lowerBound, ranges.last?.upperBound ?? 0)..<count)
                break
            }
            ranges.append(secret.range)
        }
        return ranges
    }
}
