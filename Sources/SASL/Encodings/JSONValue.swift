/// A JSON text (RFC 8259) of a token or an error, read within limits.
indirect enum JSONValue: Sendable, Hashable {
    case null
    case boolean(Bool)
    /// As it is written.
    case number(String)
    case string(String)
    case array([JSONValue])
    /// Members in their order; names may repeat.
    case object([Member])

    struct Member: Sendable, Hashable {
        var name: String
        var value: JSONValue
    }

    /// The first member of this name.
    subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// A number as whole seconds and the like; fractions are cut.
    var integer: Int64? {
        guard case .number(let digits) = self else { return nil }
        if let value = Int64(digits) { return value }
        guard let value = Double(digits), value.magnitude < 9e18 else { return nil }
        return Int64(value)
    }

    /// Strings of an array, or the single string.
    var strings: [String] {
        switch self {
        case .string(let text): [text]
        case .array(let values): values.compactMap(\.string)
        default: []
        }
    }
}
