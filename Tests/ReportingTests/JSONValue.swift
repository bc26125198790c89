/// A strict reader of JSON (RFC 8259), small enough to be judged by eye.
enum JSONValue: Equatable {
    struct SyntaxError: Error {
        var position: Int
    }

    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    static func parse(_ text: String) throws -> JSONValue {
        var parser = Parser(octets: Array(text.utf8))
        let value = try parser.value()
        guard parser.position == parser.octets.count else { throw SyntaxError(position: parser.position) }
        return value
    }

    subscript(_ key: String) -> JSONValue? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    var string: String? { if case .string(let text) = self { text } else { nil } }
    var number: Double? { if case .number(let number) = self { number } else { nil } }
    var array: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
    var keys: Set<String> { if case .object(let members) = self { Set(members.keys) } else { [] } }

    private struct Parser {
        let octets: [UInt8]
        var position = 0

        var error: SyntaxError { SyntaxError(position: self.position) }

        mutating func next() throws -> UInt8 {
            guard self.position < self.octets.count else { throw self.error }
            defer { self.position += 1 }
            return self.octets[self.position]
        }

        func peek() -> UInt8? { self.position < self.octets.count ? self.octets[self.position] : nil }

        mutating func expect(_ word: String) throws {
            for octet in word.utf8 { guard try self.next() == octet else { throw self.error } }
        }

        mutating func value() throws -> JSONValue {
            switch self.peek() {
            case UInt8(ascii: "n"):
                try self.expect("null")
                return .null
            case UInt8(ascii: "t"):
                try self.expect("true")
                return .bool(true)
            case UInt8(ascii: "f"):
                try self.expect("false")
                return .bool(false)
            case UInt8(ascii: "\""): return .string(try self.string())
            case UInt8(ascii: "["): return .array(try self.array())
            case UInt8(ascii: "{"): return .object(try self.object())
            default: return .number(try self.number())
            }
        }

        mutating func array() throws -> [JSONValue] {
            var elements: [JSONValue] = []
            try self.expect("[")
            if self.peek() == UInt8(ascii: "]") {
                self.position += 1
                return []
            }
            while true {
                elements.append(try self.value())
                switch try self.next() {
                case UInt8(ascii: ","): continue
                case UInt8(ascii: "]"): return elements
                default: throw self.error
                }
            }
        }

        mutating func object() throws -> [String: JSONValue] {
            var members: [String: JSONValue] = [:]
            try self.expect("{")
            if self.peek() == UInt8(ascii: "}") {
                self.position += 1
                return [:]
            }
            while true {
                let key = try self.string()
                try self.expect(":")
                // Duplicate keys are legal JSON and of no use to anybody.
                guard members.updateValue(try self.value(), forKey: key) == nil else { throw self.error }
                switch try self.next() {
                case UInt8(ascii: ","): continue
                case UInt8(ascii: "}"): return members
                default: throw self.error
                }
            }
        }

        mutating func number() throws -> Double {
            let start = self.position
            while let octet = self.peek(), "+-.0123456789eE".utf8.contains(octet) { self.position += 1 }
            let text = String(decoding: self.octets[start..<self.position], as: UTF8.self)
            let digits = text.drop { $0 == "-" }
            let hasLeadingZero = digits.count > 1 && digits.hasPrefix("0") && !digits.hasPrefix("0.")
            guard let number = Double(text), !hasLeadingZero, !text.hasPrefix("+") else { throw self.error }
            return number
        }

        mutating func string() throws -> String {
            var units: [UInt8] = []
            try self.expect("\"")
            while true {
                let octet = try self.next()
                switch octet {
                case UInt8(ascii: "\""):
                    guard let text = String(validating: units, as: UTF8.self) else { throw self.error }
                    return text
                case 0..<0x20: throw self.error
                case UInt8(ascii: "\\"): units.append(contentsOf: try self.escape())
                default: units.append(octet)
                }
            }
        }

        mutating func escape() throws -> [UInt8] {
            switch try self.next() {
            case UInt8(ascii: "\""): return [UInt8(ascii: "\"")]
            case UInt8(ascii: "\\"): return [UInt8(ascii: "\\")]
            case UInt8(ascii: "/"): return [UInt8(ascii: "/")]
            case UInt8(ascii: "u"):
                var units = [try self.hex()]
                if UTF16.isLeadSurrogate(units[0]) {
                    try self.expect("\\u")
                    units.append(try self.hex())
                }
                guard let text = String(validating: units, as: UTF16.self) else { throw self.error }
                return Array(text.utf8)
            default: throw self.error
            }
        }

        mutating func hex() throws -> UInt16 {
            let digits = try (0..<4).map { _ in try self.next() }
            guard let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16) else { throw self.error }
            return unit
        }
    }
}
