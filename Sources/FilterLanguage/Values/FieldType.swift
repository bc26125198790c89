/// What the values of a field are, and so what they can be compared with.
public enum FieldType: String, Sendable, Hashable, CaseIterable {
    case boolean
    case number
    /// A number of octets: `1MB`, `4KiB`.
    case size
    /// `200ms`, `1.5s`; a bare number is seconds.
    case duration
    /// Text in which case matters: names of users and mailboxes, what people wrote.
    case string
    /// A word of the protocol, where IMAP does not distinguish case.
    case keyword
    /// One of a list of words that stand in an order: `severity >= high`.
    case level
    /// An IP address or the name of a host; compared with either, or with a network `10.0.0.0/8`.
    case address

    /// With its article, for error texts.
    var phrase: String {
        switch self {
        case .boolean: "a boolean"
        case .number: "a number"
        case .size: "a number of octets"
        case .duration: "a duration"
        case .string: "a string"
        case .keyword: "a keyword"
        case .level: "a level"
        case .address: "an address"
        }
    }

    /// Whether its values are text, in which can be searched.
    var isText: Bool {
        switch self {
        case .string, .keyword, .address: true
        case .boolean, .number, .size, .duration, .level: false
        }
    }

    var isOrdered: Bool {
        switch self {
        case .number, .size, .duration, .level: true
        case .boolean, .string, .keyword, .address: false
        }
    }
}
