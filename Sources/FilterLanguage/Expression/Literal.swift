/// Why a value cannot be one of a field.
struct LiteralError: Error {
    var reason: String
    var suggestion: String?
    /// Characters of the value before the place that is wrong; nil when all of it is.
    var offset: Int?
}

/// A value as it was written.
struct Literal {
    var text: String
    var isQuoted: Bool

    /// What the values of `field` are compared with.
    func operand(of field: Field, _ comparison: FilterToken.Comparison) throws(LiteralError) -> Test.Operand {
        if comparison == .matches { return .matches(try self.expression()) }
        switch field.type {
        case .boolean: return .boolean(try self.boolean(field))
        case .number, .size, .duration:
            let ends = try self.numbers(field, isSet: comparison == .within)
            return Self.range(ends.low, ends.high, comparison)
        case .level:
            let value = try self.unescaped()
            // Of `TLS 1.2` the number is enough.
            let wanted = value.folded
            let rank = field.values.firstIndex { level in
                level.folded == wanted || level.folded.split(separator: 0x20).last.map { Array($0) == wanted } ?? false
            }
            guard let rank else { throw self.unknown(field, value) }
            return Self.range(Int64(rank), Int64(rank), comparison)
        case .address:
            let value = try self.unescaped()
            if comparison == .contains { return .contains(value.folded, folded: true) }
            if let network = AddressRange(value) { return .network(network) }
            if value.contains("/") {
                throw LiteralError(reason: "“\(value)” is no network", suggestion: "10.0.0.0/8", offset: nil)
            }
            return .equals(value.folded, folded: true)
        case .keyword:
            let value = try self.unescaped()
            if comparison == .contains { return .contains(value.folded, folded: true) }
            let isKnown = field.values.isEmpty || field.values.contains { $0.folded == value.folded }
            guard isKnown else { throw self.unknown(field, value) }
            return .equals(value.folded, folded: true)
        case .string:
            let value = try self.unescaped()
            if comparison == .contains { return .contains(Array(value.utf8), folded: false) }
            let isMailbox = field.name == "mailbox" || field.name == "folder"
            return .equals(Array((isMailbox ? MailboxName.normal(value) : value).utf8), folded: false)
        }
    }

    /// `<` and its like as a range.
    private static func range(_ low: Int64, _ high: Int64, _ comparison: FilterToken.Comparison) -> Test.Operand {
        switch comparison {
        case .less: low == .min ? .within(1, 0) : .within(.min, low - 1)
        case .lessOrEqual: .within(.min, high)
        case .greater: high == .max ? .within(1, 0) : .within(high + 1, .max)
        case .greaterOrEqual: .within(low, .max)
        case .equal, .notEqual, .contains, .matches, .within: .within(low, high)
        }
    }

    // MARK: - Kinds of values

    private func boolean(_ field: Field) throws(LiteralError) -> Bool {
        switch self.text.lowercased() {
        case "true", "yes", "1": return true
        case "false", "no", "0": return false
        default: throw LiteralError(reason: "\(field.name) is true or false", suggestion: nil, offset: nil)
        }
    }

    /// One number, or in a set also `1..5`.
    private func numbers(_ field: Field, isSet: Bool) throws(LiteralError) -> (low: Int64, high: Int64) {
        if isSet, let dots = self.text.firstRange(of: "..") {
            let low = try self.number(self.text[..<dots.lowerBound], field)
            let high = try self.number(self.text[dots.upperBound...], field)
            guard low <= high else { throw LiteralError(reason: "the range is upside down", offset: nil) }
            return (low, high)
        }
        let number = try self.number(self.text[...], field)
        return (number, number)
    }

    private func number(_ text: Substring, _ field: Field) throws(LiteralError) -> Int64 {
        let value: Int64?
        let example: String
        switch field.type {
        case .size: (value, example) = (Quantity.size(text), "4096, 512kB, 1MB or 4KiB")
        case .duration: (value, example) = (Quantity.duration(text), "200ms, 1.5s or 2m")
        default: (value, example) = (Quantity.number(text), "a whole number")
        }
        if let value { return value }
        throw LiteralError(
            reason: "\(field.name) is \(field.type.phrase), such as \(example); “\(text)” is none",
            offset: nil
        )
    }

    private func unknown(_ field: Field, _ value: String) -> LiteralError {
        LiteralError(
            reason: "\(field.name) is one of \(field.values.joined(separator: ", ")); “\(value)” is none of them",
            suggestion: Spelling.nearest(to: value, among: field.values),
            offset: nil
        )
    }

    /// A pattern keeps its escapes; PCRE2 knows what they mean.
    private func expression() throws(LiteralError) -> RegularExpression {
        do throws(RegularExpression.Problem) {
            return try RegularExpression(self.text)
        } catch {
            let offset = String(decoding: self.text.utf8.prefix(error.offset), as: UTF8.self).count
            throw LiteralError(
                reason: "no regular expression: \(error.reason)",
                offset: min(offset, max(self.text.count - 1, 0))
            )
        }
    }

    /// A quoted string knows `\"`, `\'`, `\\`, `\r`, `\n`, `\t` and `\xNN`; any other backslash stays one, for flags begin
    /// with it.
    private func unescaped() throws(LiteralError) -> String {
        guard self.isQuoted, self.text.contains("\\") else { return self.text }
        let scalars = Array(self.text.unicodeScalars)
        var octets: [UInt8] = []
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            let next = index + 1 < scalars.count ? scalars[index + 1] : nil
            index += 2
            switch (scalar, next) {
            case ("\\", "\\"), ("\\", "\""), ("\\", "'"): octets += Array(String(next ?? scalar).utf8)
            case ("\\", "r"): octets.append(0x0D)
            case ("\\", "n"): octets.append(0x0A)
            case ("\\", "t"): octets.append(0x09)
            case ("\\", "x"):
                let digits = String(String.UnicodeScalarView(scalars[index..<min(index + 2, scalars.count)]))
                guard digits.utf8.count == 2, let octet = UInt8(digits, radix: 16) else {
                    throw LiteralError(reason: "two hexadecimal digits must follow \\x", offset: index - 2)
                }
                octets.append(octet)
                index += 2
            default:
                octets += Array(String(scalar).utf8)
                index -= 1
            }
        }
        return String(decoding: octets, as: UTF8.self)
    }
}
