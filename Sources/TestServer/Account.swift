/// The mailboxes of one user.
public struct Account: Sendable {
    /// By name as it stands on the wire; INBOX in capitals.
    public internal(set) var mailboxes: [String: Mailbox]
    public internal(set) var subscriptions: Set<String> = []
    private var nextUIDValidity: UInt32

    /// An account with an INBOX.
    public init(uidValidity: UInt32 = 1) {
        self.mailboxes = ["INBOX": Mailbox(uidValidity: uidValidity)]
        self.nextUIDValidity = uidValidity + 1
    }

    /// Adds or replaces a mailbox; its UIDVALIDITY is never given out again.
    public subscript(name: String) -> Mailbox? {
        get { self.mailboxes[Self.canonical(name)] }
        set {
            self.mailboxes[Self.canonical(name)] = newValue
            if let newValue { self.nextUIDValidity = max(self.nextUIDValidity, newValue.uidValidity + 1) }
        }
    }

    public mutating func subscribe(_ name: String) {
        self.subscriptions.insert(Self.canonical(name))
    }

    /// INBOX is one name in any case (RFC 3501 section 5.1).
    static func canonical(_ name: String) -> String {
        name.uppercased() == "INBOX" ? "INBOX" : name
    }

    /// INBOX first, then by name.
    var sortedNames: [String] {
        self.mailboxes.keys.sorted { left, right in
            left == "INBOX" || (right != "INBOX" && left < right)
        }
    }

    func hasChildren(_ name: String, separator: String) -> Bool {
        self.mailboxes.keys.contains { $0.hasPrefix(name + separator) }
    }

    func children(of name: String, separator: String) -> [String] {
        self.mailboxes.keys.filter { $0.hasPrefix(name + separator) }
    }

    mutating func newUIDValidity() -> UInt32 {
        defer { self.nextUIDValidity += 1 }
        return self.nextUIDValidity
    }

    /// Makes the mailbox and the names above it, as RFC 3501 section 6.3.3 asks.
    mutating func create(_ name: String, separator: String) {
        for parent in Self.superiors(of: name, separator: separator) where self.mailboxes[parent] == nil {
            self.mailboxes[parent] = Mailbox(uidValidity: self.newUIDValidity())
        }
        self.mailboxes[name] = Mailbox(uidValidity: self.newUIDValidity())
    }

    /// The names above `name`, topmost first; INBOX is written in capitals wherever it leads.
    static func superiors(of name: String, separator: String) -> [String] {
        guard let mark = separator.utf8.first else { return [] }
        let levels = Array(name.utf8).split(separator: mark, omittingEmptySubsequences: false)
        return (1..<max(levels.count, 1)).map { count in
            self.canonical(String(decoding: Array(levels[..<count].joined(separator: [mark])), as: UTF8.self))
        }
    }
}
