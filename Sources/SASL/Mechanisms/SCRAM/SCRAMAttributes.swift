/// `name=value` pairs between commas, each name one letter (RFC 5802 section 5.1).
struct SCRAMAttributes {
    private(set) var names: [UInt8] = []
    private var values: [ArraySlice<UInt8>] = []

    /// More than any server sends.
    private static let limit = 64

    /// Nil if a part is no attribute.
    init?(_ text: ArraySlice<UInt8>) {
        for part in text.split(separator: UInt8(ascii: ","), maxSplits: Self.limit, omittingEmptySubsequences: false) {
            guard let name = part.first, (name | 0x20) &- 0x61 < 26,
                part.dropFirst().first == UInt8(ascii: "="), self.names.count < Self.limit
            else { return nil }
            self.names.append(name)
            self.values.append(part.dropFirst(2))
        }
    }

    /// The value of the only attribute of this name; nil if there is none or more.
    func value(_ name: Unicode.Scalar) -> ArraySlice<UInt8>? {
        let octet = UInt8(ascii: name)
        guard let index = self.names.firstIndex(of: octet), self.names.lastIndex(of: octet) == index else { return nil }
        return self.values[index]
    }

    /// The names of those that are none of `known`, for a person.
    func unknown(beside known: String) -> String? {
        let others = self.names.filter { !known.utf8.contains($0) }
        return others.isEmpty ? nil : others.map { "\(Unicode.Scalar($0))=" }.joined(separator: " ")
    }

    /// Whether the attributes begin with those of `order`, in that order.
    func begins(with order: String) -> Bool {
        self.names.starts(with: order.utf8)
    }

    /// Printable ASCII but the comma.
    static func isNonce(_ value: ArraySlice<UInt8>) -> Bool {
        !value.isEmpty && value.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: ",") }
    }
}
