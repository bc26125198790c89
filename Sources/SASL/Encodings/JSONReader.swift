/// Reads one JSON text. What is larger or deeper than any token or error is refused, so that hostile texts cost little.
struct JSONReader {
    static let longest = 1 << 16
    static let mostValues = 2048
    static let deepest = 16

    private let text: [UInt8]
    private var position = 0
    private var values = 0

    /// Nil if the text is not JSON to its end, or beyond a limit.
    static func value(of text: [UInt8]) -> JSONValue? {
        guard text.count <= self.longest else { return nil }
        var reader = JSONReader(text: text)
        guard let value = reader.value(depth: 0) else { return nil }
        reader.skipBlanks()
        return reader.position == text.count ? value : nil
    }

    private init(text: [UInt8]) {
        self.text = text
    }

    private var next: UInt8? { self.position < self.text.count ? self.text[self.position] : nil }

    private mutating func skipBlanks() {
        while let octet = self.next, octet == 0x20 || octet == 0x0a || octet == 0x0d || octet == 0x09 {
            self.position += 1
        }
    }

    private mutating func take(_ octet: Unicode.Scalar) -> Bool {
        self.skipBlanks()
        guard self.next == UInt8(ascii: octet) else { return false }
        self.position += 1
        return true
    }

    private mutating func value(depth: Int) -> JSONValue? {
        self.skipBlanks()
        self.values += 1
        guard depth < Self.deepest, self.values <= Self.mostValues, let octet = self.next else { return nil }
        switch octet {
        case UInt8(ascii: "{"): return self.object(depth: depth)
        case UInt8(ascii: "["): return self.array(depth: depth)
        case UInt8(ascii: "\""): return self.string().map { .string($0) }
        case UInt8(ascii: "t"): return self.word("true", .boolean(true))
        case UInt8(ascii: "f"): return self.word("false", .boolean(false))
        case UInt8(ascii: "n"): return self.word("null", .null)
        default: return self.number()
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) -> JSONValue? {
        let end = self.position + word.utf8CodeUnitCount
        guard end <= self.text.count,
            word.withUTF8Buffer({ self.text[self.position..<end].elementsEqual($0) })
        else { return nil }
        self.position = end
        return value
    }

    private mutating func number() -> JSONValue? {
        let digits = self.text[self.position...].prefix {
            $0 &- 0x30 < 10 || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: ".")
                || $0 | 0x20 == UInt8(ascii: "e")
        }
        let text = String(decoding: digits, as: UTF8.self)
        guard digits.count <= 64, let first = digits.first, first == UInt8(ascii: "-") || first &- 0x30 < 10,
            Double(text) != nil
        else { return nil }
        self.position += digits.count
        return .number(text)
    }

    private mutating func array(depth: Int) -> JSONValue? {
        self.position += 1
        var values: [JSONValue] = []
        if self.take("]") { return .array(values) }
        repeat {
            guard let value = self.value(depth: depth + 1) else { return nil }
            values.append(value)
        } while self.take(",")
        return self.take("]") ? .array(values) : nil
    }

    private mutating func object(depth: Int) -> JSONValue? {
        self.position += 1
        var members: [JSONValue.Member] = []
        if self.take("}") { return .object(members) }
        repeat {
            self.skipBlanks()
            guard self.next == UInt8(ascii: "\""), let name = self.string(), self.take(":"),
                let value = self.value(depth: depth + 1)
            else { return nil }
            members.append(JSONValue.Member(name: name, value: value))
        } while self.take(",")
        return self.take("}") ? .object(members) : nil
    }

    private mutating func string() -> String? {
        self.position += 1
        var units: [UInt8] = []
        while let octet = self.next {
            self.position += 1
            switch octet {
            case UInt8(ascii: "\""): return String(validating: units, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let scalar = self.escape() else { return nil }
                units.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
            case 0..<0x20: return nil
            default: units.append(octet)
            }
        }
        return nil
    }

    private mutating func escape() -> Unicode.Scalar? {
        guard let octet = self.next else { return nil }
        self.position += 1
        switch octet {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(octet)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default: return nil
        }
        guard let high = self.unit() else { return nil }
        guard high & 0xfc00 == 0xd800 else { return Unicode.Scalar(high) }
        // A surrogate pair, RFC 8259 section 7.
        guard self.next == UInt8(ascii: "\\") else { return nil }
        self.position += 1
        guard self.next == UInt8(ascii: "u") else { return nil }
        self.position += 1
        guard let low = self.unit(), low & 0xfc00 == 0xdc00 else { return nil }
        return Unicode.Scalar(0x10000 + (high & 0x3ff) << 10 + low & 0x3ff)
    }

    private mutating func unit() -> UInt32? {
        guard self.position + 4 <= self.text.count else { return nil }
        let digits = String(decoding: self.text[self.position..<self.position + 4], as: UTF8.self)
        self.position += 4
        return digits.hasPrefix("+") || digits.hasPrefix("-") ? nil : UInt32(digits, radix: 16)
    }
}
