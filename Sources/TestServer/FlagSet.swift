/// The flags of a message: system flags and keywords, whose names differ by more than case (RFC 3501 section 2.3.2).
public struct FlagSet: Sendable, Hashable {
    /// System flags first, in the order of ``systemFlags``, then keywords in the order in which they were set.
    public private(set) var names: [String] = []

    public static let systemFlags = ["\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft"]

    public init() {}

    public init(_ names: some Sequence<String>) {
        for name in names { self.insert(name) }
    }

    /// System flags as RFC 3501 spells them; keywords as they are.
    static func canonical(_ name: String) -> String {
        guard name.utf8.first == UInt8(ascii: "\\") else { return name }
        let wanted = name.lowercased()
        return self.systemFlags.first { $0.lowercased() == wanted } ?? name
    }

    public func contains(_ name: String) -> Bool {
        let wanted = name.lowercased()
        return self.names.contains { $0.lowercased() == wanted }
    }

    public mutating func insert(_ name: String) {
        guard !self.contains(name) else { return }
        let canonical = Self.canonical(name)
        guard let rank = Self.systemFlags.firstIndex(of: canonical) else {
            self.names.append(canonical)
            return
        }
        let position = self.names.firstIndex { (Self.systemFlags.firstIndex(of: $0) ?? .max) > rank }
        self.names.insert(canonical, at: position ?? self.names.endIndex)
    }

    public mutating func remove(_ name: String) {
        let wanted = name.lowercased()
        self.names.removeAll { $0.lowercased() == wanted }
    }

    var keywords: [String] { self.names.filter { $0.utf8.first != UInt8(ascii: "\\") } }
}
