/// A message as text that an editor can change, and back.
///
/// CRLF is a line end. What an editor could not show or would spoil is `\xNN`: other controls, lone CR and LF, what is no UTF-8.
/// A backslash stays one, for flags begin with it, unless it stands before `xNN`. What must not be shown is `‹masked 1›` and comes
/// back in its place.
struct EditableText: Sendable {
    let text: String
    private let secrets: [[UInt8]]
    private let endsWithLine: Bool

    private static let open: [UInt8] = Array("‹masked ".utf8)
    private static let close: [UInt8] = Array("›".utf8)

    init(_ octets: [UInt8], secrets: [Range<Int>]) {
        var writer = Writer()
        var position = 0
        for range in secrets where range.lowerBound >= position && range.upperBound <= octets.count {
            writer.append(octets[position..<range.lowerBound])
            writer.appendMask(octets[range])
            position = range.upperBound
        }
        writer.append(octets[position...])
        self.text = String(decoding: writer.text, as: UTF8.self)
        self.secrets = writer.secrets
        self.endsWithLine = octets.suffix(2) == [0x0D, 0x0A]
    }

    private struct Writer {
        var text: [UInt8] = []
        var secrets: [[UInt8]] = []

        mutating func appendMask(_ octets: ArraySlice<UInt8>) {
            self.secrets.append(Array(octets))
            self.text += EditableText.open + Array(String(self.secrets.count).utf8) + EditableText.close
        }

        mutating func append(_ octets: ArraySlice<UInt8>) {
            var index = octets.startIndex
            while index < octets.endIndex {
                let octet = octets[index]
                let rest = octets[index...]
                if octet == 0x0D, rest.dropFirst().first == 0x0A {
                    self.text.append(0x0A)
                    index += 2
                } else if octet == UInt8(ascii: "\\") {
                    if EditableText.escape(rest) != nil { self.escape(octet) } else { self.text.append(octet) }
                    index += 1
                } else if (0x20..<0x7F).contains(octet) {
                    self.text.append(octet)
                    index += 1
                } else {
                    let length = EditableText.character(rest)
                    let character = rest.prefix(max(length, 1))
                    // The mark of a mask is never content.
                    if length < 2 || character.elementsEqual("‹".utf8) {
                        for octet in character { self.escape(octet) }
                    } else {
                        self.text += character
                    }
                    index += character.count
                }
            }
        }

        private mutating func escape(_ octet: UInt8) {
            let digits = Array("0123456789ABCDEF".utf8)
            self.text += [UInt8(ascii: "\\"), UInt8(ascii: "x"), digits[Int(octet >> 4)], digits[Int(octet & 15)]]
        }
    }

    // MARK: - Back

    /// The octets that `edited` stands for; nil when it names a mask that there is none of.
    func octets(of edited: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        var rest = edited[...]
        while let octet = rest.first {
            if let value = Self.escape(rest) {
                result.append(value)
                rest = rest.dropFirst(4)
            } else if rest.starts(with: Self.open) {
                guard let (number, length) = Self.mask(rest), self.secrets.indices.contains(number - 1) else {
                    return nil
                }
                result += self.secrets[number - 1]
                rest = rest.dropFirst(length)
            } else if octet == 0x0A || octet == 0x0D && rest.dropFirst().first == 0x0A {
                result += [0x0D, 0x0A]
                rest = rest.dropFirst(octet == 0x0A ? 1 : 2)
            } else {
                result.append(octet)
                rest = rest.dropFirst()
            }
        }
        // Editors end the last line, or do not, whatever was there.
        let endsNow = result.suffix(2) == [0x0D, 0x0A]
        if self.endsWithLine, !endsNow { result += [0x0D, 0x0A] }
        if !self.endsWithLine, endsNow { result.removeLast(2) }
        return result
    }

    /// `\xNN` at the beginning of `text`.
    private static func escape(_ text: ArraySlice<UInt8>) -> UInt8? {
        let four = Array(text.prefix(4))
        guard four.count == 4, four[0] == UInt8(ascii: "\\"), four[1] == UInt8(ascii: "x"),
            four[2...].allSatisfy({ $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 6 })
        else { return nil }
        return UInt8(String(decoding: four[2...], as: UTF8.self), radix: 16)
    }

    /// The number of a mask at the beginning of `text`, and the octets that it takes.
    private static func mask(_ text: ArraySlice<UInt8>) -> (number: Int, length: Int)? {
        let digits = text.dropFirst(self.open.count).prefix { $0 &- 0x30 < 10 }
        guard let number = Int(String(decoding: digits.prefix(9), as: UTF8.self)),
            text[digits.endIndex...].starts(with: self.close)
        else { return nil }
        return (number, self.open.count + digits.count + self.close.count)
    }

    /// How many octets a character of UTF-8 beyond ASCII has at the beginning of `text` (RFC 3629); 0 when there is none, or a
    /// control of the range U+0080 to U+009F.
    private static func character(_ text: ArraySlice<UInt8>) -> Int {
        guard let first = text.first, first >= 0xC2 else { return 0 }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        let octets = text.prefix(length)
        guard octets.count == length, String(validating: octets, as: UTF8.self) != nil else { return 0 }
        return first == 0xC2 && octets.last.map { $0 < 0xA0 } ?? true ? 0 : length
    }
}
