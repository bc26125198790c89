/// The comma-separated `name=value` or `name="value"` list of DIGEST-MD5 messages (RFC 2831 section 7.1).
struct DigestDirectives {
    struct Directive {
        /// In lower case.
        var name: String
        /// Without quotes and their escapes.
        var value: [UInt8]
    }

    private(set) var all: [Directive] = []

    /// RFC 2831 sections 2.1.1 and 2.1.2: longer messages are invalid.
    static let longest = 4096
    private static let limit = 64

    /// Nil if the list does not parse to its end.
    init?(_ text: [UInt8]) {
        guard text.count <= Self.longest else { return nil }
        var rest = text[...]
        while true {
            Self.skipBlanks(&rest)
            // RFC 2831 section 7.1: list elements may be empty.
            if rest.first == UInt8(ascii: ",") {
                rest = rest.dropFirst()
                continue
            }
            if rest.isEmpty { break }
            guard self.all.count < Self.limit, let directive = Self.directive(&rest) else { return nil }
            self.all.append(directive)
            Self.skipBlanks(&rest)
            guard rest.isEmpty || rest.first == UInt8(ascii: ",") else { return nil }
        }
        guard !self.all.isEmpty else { return nil }
    }

    /// The first of this name.
    subscript(name: String) -> [UInt8]? { self.all.first { $0.name == name }?.value }

    func values(_ name: String) -> [[UInt8]] { self.all.filter { $0.name == name }.map(\.value) }

    /// The names that stand there twice, but for `realm`, of which a server may offer several.
    var repeated: [String] {
        var seen: Set<String> = []
        return self.all.map(\.name).filter { $0 != "realm" && !seen.insert($0).inserted }
    }

    private static func directive(_ rest: inout ArraySlice<UInt8>) -> Directive? {
        let name = rest.prefix { ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == UInt8(ascii: "-") }
        guard !name.isEmpty, name.count <= 32 else { return nil }
        rest = rest.dropFirst(name.count)
        self.skipBlanks(&rest)
        guard rest.popFirst() == UInt8(ascii: "=") else { return nil }
        self.skipBlanks(&rest)
        let text = String(decoding: name, as: UTF8.self).lowercased()
        if rest.first == UInt8(ascii: "\"") {
            guard let value = self.quoted(&rest) else { return nil }
            return Directive(name: text, value: value)
        }
        let value = rest.prefix { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\"") }
        guard !value.isEmpty else { return nil }
        rest = rest.dropFirst(value.count)
        return Directive(name: text, value: Array(value))
    }

    private static func quoted(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        rest = rest.dropFirst()
        var value: [UInt8] = []
        while let octet = rest.popFirst() {
            switch octet {
            case UInt8(ascii: "\""): return value
            case UInt8(ascii: "\\"):
                guard let escaped = rest.popFirst() else { return nil }
                value.append(escaped)
            default: value.append(octet)
            }
        }
        return nil
    }

    private static func skipBlanks(_ rest: inout ArraySlice<UInt8>) {
        rest = rest.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0d || $0 == 0x0a }
    }
}
