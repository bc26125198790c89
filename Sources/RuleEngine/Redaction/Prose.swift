import FilterLanguage

/// Replaces names in text for people: status texts, notes, what peers say of themselves.
///
/// Words that look like a host, an address or a mail address are replaced, and so is every user name that was seen.
struct Prose {
    let pseudonyms: Pseudonyms
    let parts: Set<Part>

    /// A word of a text and what it is to be replaced as.
    struct Finding: Hashable {
        var range: Range<Int>
        var part: Part
    }

    func findings(in octets: UnsafeRawBufferPointer) -> [Finding] {
        var found: [Finding] = []
        var index = 0
        while index < octets.count {
            guard Self.isOfWord(octets[index]) else {
                index += 1
                if let url = self.url(octets, at: index) {
                    found.append(Finding(range: url, part: .hosts))
                    index = url.upperBound
                }
                continue
            }
            let start = index
            while index < octets.count, Self.isOfWord(octets[index]) { index += 1 }
            self.add(octets, start..<index, to: &found)
        }
        return found
    }

    /// What stands behind `://`: host, user, mailbox and message together.
    private func url(_ octets: UnsafeRawBufferPointer, at index: Int) -> Range<Int>? {
        guard self.parts.contains(.hosts), index >= 2, index < octets.count, octets[index - 1] == UInt8(ascii: "/"),
            octets[index - 2] == UInt8(ascii: "/")
        else { return nil }
        var end = index
        // 0xE2 begins the quotation marks of our own texts.
        while end < octets.count, octets[end] > 0x20, octets[end] != UInt8(ascii: "\""),
            octets[end] != UInt8(ascii: ">"),
            octets[end] != UInt8(ascii: "]"), octets[end] != UInt8(ascii: ")"), octets[end] != 0xE2
        { end += 1 }
        return end > index ? index..<end : nil
    }

    private func add(_ octets: UnsafeRawBufferPointer, _ word: Range<Int>, to found: inout [Finding]) {
        // Full stops, colons and hyphens at the ends are the sentence's.
        var range = word
        while !range.isEmpty, Self.isPunctuation(octets[range.lowerBound]) {
            range = (range.lowerBound + 1)..<range.upperBound
        }
        while !range.isEmpty, Self.isPunctuation(octets[range.upperBound - 1]) {
            range = range.lowerBound..<(range.upperBound - 1)
        }
        guard range.count > 0 else { return }
        let value = Array(octets[range])
        if self.parts.contains(.users), value.count >= 2, self.pseudonyms.isKnown(value, .users) {
            found.append(Finding(range: range, part: .users))
            return
        }
        guard self.parts.contains(.hosts) else { return }
        if let at = range.first(where: { octets[$0] == UInt8(ascii: "@") }) {
            if at > range.lowerBound { found.append(Finding(range: range.lowerBound..<at, part: .users)) }
            if at + 1 < range.upperBound { found.append(Finding(range: (at + 1)..<range.upperBound, part: .hosts)) }
            return
        }
        if self.pseudonyms.isKnown(value, .hosts) {
            found.append(Finding(range: range, part: .hosts))
            return
        }
        let text = String(decoding: value, as: UTF8.self)
        if Self.isAddress(text) || Self.isHost(text) { found.append(Finding(range: range, part: .hosts)) }
    }

    private static func isAddress(_ text: String) -> Bool {
        // One colon is more often the end of a label than an address: `::` or three groups are.
        let colons = text.utf8.count { $0 == UInt8(ascii: ":") }
        return (colons >= 2 || text.contains(".")) && NumericAddress(text) != nil
            || colons == 1 && NumericAddress(text.prefix { $0 != ":" }) != nil
    }

    /// `imap.example.org`, but not `BODY.PEEK`, `2.3.19` or `RFC822.SIZE`.
    private static func isHost(_ text: String) -> Bool {
        let bare = text.prefix { $0 != ":" }
        let labels = bare.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, let last = labels.last, !labels.contains(where: \.isEmpty) else {
            return false
        }
        guard last.utf8.allSatisfy({ ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == UInt8(ascii: "-") }),
            let first = last.utf8.first, (first | 0x20) &- 0x61 < 26
        else { return false }
        return bare != bare.uppercased()
    }

    private static func isOfWord(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x30...0x3A, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: "@"), UInt8(ascii: "+"), UInt8(ascii: "%"), 0x80...0xFF:
            true
        default: false
        }
    }

    private static func isPunctuation(_ octet: UInt8) -> Bool {
        octet == UInt8(ascii: ".") || octet == UInt8(ascii: ":") || octet == UInt8(ascii: "-")
            || octet == UInt8(ascii: "_") || octet == UInt8(ascii: "+") || octet == UInt8(ascii: "%")
    }

    // MARK: - Texts that may become longer

    func replaced(_ text: String) -> String {
        var text = text
        return text.withUTF8 { buffer in
            let octets = UnsafeRawBufferPointer(buffer)
            let found = self.findings(in: octets)
            var result: [UInt8] = []
            var position = 0
            for finding in found {
                result += octets[position..<finding.range.lowerBound]
                result += Array(self.pseudonyms.name(Array(octets[finding.range]), finding.part).utf8)
                position = finding.range.upperBound
            }
            return String(decoding: result + octets[position...], as: UTF8.self)
        }
    }
}
