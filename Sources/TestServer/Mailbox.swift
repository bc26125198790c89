/// A mailbox in memory.
public struct Mailbox: Sendable {
    public internal(set) var uidValidity: UInt32
    public internal(set) var uidNext: UInt32
    /// By ascending UID.
    public internal(set) var messages: [StoredMessage] = []
    /// Keywords that were ever set here: what FLAGS and PERMANENTFLAGS tell besides system flags.
    public internal(set) var keywords: [String] = []
    /// A name that only leads to others: what remains of a mailbox deleted while it had children (RFC 3501 section 6.3.4).
    public internal(set) var isNoselect = false
    /// Messages from this UID on are \Recent for the next connection that selects the mailbox.
    var recentFrom: UInt32
    private var modification: UInt64 = 0

    public init(uidValidity: UInt32, uidNext: UInt32 = 1) {
        self.uidValidity = uidValidity
        self.uidNext = uidNext
        self.recentFrom = uidNext
    }

    /// Adds a message and returns its UID.
    @discardableResult
    public mutating func append(_ octets: [UInt8], flags: FlagSet = FlagSet(), date: DateTime) -> UInt32 {
        let uid = self.uidNext
        self.uidNext += 1
        self.messages.append(StoredMessage(uid: uid, octets: octets, flags: flags, internalDate: date))
        self.learn(flags)
        return uid
    }

    /// Declares the messages that are there now to be old.
    public mutating func forgetRecent() {
        self.recentFrom = self.uidNext
    }

    /// The index in ``messages`` of a UID.
    func index(of uid: UInt32) -> Int? {
        var low = 0
        var high = self.messages.count
        while low < high {
            let middle = (low + high) / 2
            if self.messages[middle].uid < uid { low = middle + 1 } else { high = middle }
        }
        return low < self.messages.count && self.messages[low].uid == uid ? low : nil
    }

    mutating func setFlags(_ flags: FlagSet, at index: Int) {
        guard self.messages[index].flags != flags else { return }
        self.modification += 1
        self.messages[index].flags = flags
        self.messages[index].modification = self.modification
        self.learn(flags)
    }

    mutating func remove(uids: Set<UInt32>) {
        self.messages.removeAll { uids.contains($0.uid) }
    }

    var flagNames: [String] { FlagSet.systemFlags + self.keywords }

    private mutating func learn(_ flags: FlagSet) {
        for keyword in flags.keywords where !self.keywords.contains(where: { $0.lowercased() == keyword.lowercased() })
        {
            self.keywords.append(keyword)
        }
    }
}
