import IMAPProtocol
import Traffic

/// What is known of the mailbox that is open, from what the server said since SELECT.
public struct MailboxView: Sendable {
    /// As on the wire.
    public let name: String
    public internal(set) var isReadOnly: Bool
    public internal(set) var uidValidity: UInt32?
    public internal(set) var uidNext: UInt32?
    public internal(set) var highestModSequence: UInt64?
    /// Messages that are new to this session (RFC 3501 section 7.3.2); unknown again after an EXPUNGE.
    public internal(set) var recent: UInt64?
    public internal(set) var flags: FlagList?
    public internal(set) var permanentFlags: FlagList?
    /// Messages in the mailbox; nil until EXISTS.
    public internal(set) var exists: UInt32?
    /// Numbers and UIDs.
    public internal(set) var uids: UIDMap

    /// The number of messages was counted down by a VANISHED of unknown UIDs: it holds until the next EXISTS.
    var isCountGuessed = false
    /// Some UIDs were concluded, not said: a contradiction to them is nobody's fault.
    var isConcluded = false
    /// The highest number of messages since the last command: a command may have crossed an EXPUNGE on its way.
    var peak: UInt32 = 0

    init(name: String, isReadOnly: Bool, limit: Int) {
        self.name = name
        self.isReadOnly = isReadOnly
        self.uids = UIDMap(limit: limit)
    }

    /// Whether numbers above EXISTS can be told.
    var isCounted: Bool { self.exists != nil && !self.isCountGuessed }

    /// `* n EXISTS`. Returns what the number of messages was when it shrank (RFC 9051 section 7.4.1).
    mutating func received(exists number: UInt32) -> UInt32? {
        let before = self.exists
        self.exists = number
        let isShrunk = Int(number) < self.uids.count
        if isShrunk {
            self.uids.truncate(to: Int(number))
        } else {
            self.uids.append(Int(number) - self.uids.count)
        }
        self.peak = max(self.peak, number)
        let wasGuessed = self.isCountGuessed
        self.isCountGuessed = false
        return isShrunk && !wasGuessed ? before : nil
    }

    /// `* n EXPUNGE`, n in range. Returns the UID.
    mutating func received(expunge number: UInt64) -> UInt32? {
        let uid = self.uids.remove(number)
        self.exists = UInt32(self.uids.count)
        self.recent = nil
        return uid
    }

    /// `* VANISHED`, one range.
    mutating func received(vanished range: ClosedRange<UInt32>) {
        if self.uids.remove(uids: range) { self.isCountGuessed = true }
        if self.exists != nil { self.exists = UInt32(self.uids.count) }
        self.recent = nil
    }

    /// The UID of a message that exists, as the server says it. A contradiction makes all UIDs unknown but this one.
    mutating func received(uid: UInt32, of number: UInt64) -> UIDMap.Contradiction? {
        guard let contradiction = self.uids.learn(uid, of: number) else { return nil }
        let isFault = !self.isConcluded
        self.forgetUIDs()
        _ = self.uids.learn(uid, of: number)
        return isFault ? contradiction : nil
    }

    /// UIDs that follow from a search of the whole mailbox.
    mutating func concluded(all ranges: [ClosedRange<UInt32>]) {
        if self.uids.learn(all: ranges) { self.isConcluded = true }
    }

    /// One UID that follows from COPYUID.
    mutating func concluded(uid: UInt32, of number: UInt64) {
        guard number > 0, number <= UInt64(self.uids.count), uid > 0, self.uids.uid(of: number) == nil else { return }
        if self.uids.learn(uid, of: number) != nil { self.forgetUIDs() } else { self.isConcluded = true }
    }

    private mutating func forgetUIDs() {
        self.uids.forget()
        self.isConcluded = false
    }
}

/// The flags of a FLAGS response or a PERMANENTFLAGS code.
public struct FlagList: Sendable, Hashable {
    /// More are not kept; the list is then unknown.
    static let limit = 1024

    /// In ASCII capitals: flags are the same in any case (RFC 9051 section 2.3.2).
    public private(set) var words: Set<String> = []

    /// Words separated by spaces, from `start` to a `)`. Nil when there are too many.
    init?(_ text: RawSpan, from start: Int) {
        var index = start
        while true {
            while index < text.byteCount, text[index] == 0x20 || text[index] == UInt8(ascii: "(") { index += 1 }
            let begin = index
            while index < text.byteCount, text[index] > 0x20, text[index] != UInt8(ascii: ")") { index += 1 }
            guard index > begin else { return }
            guard self.words.count < Self.limit, index - begin <= 256 else { return nil }
            self.words.insert(text.uppercased(begin..<index))
        }
    }

    /// Whether `flag`, in capitals, may be stored for good: it is listed, or new keywords may be made (`\*`).
    func permits(_ flag: String) -> Bool {
        self.words.contains(flag) || (!flag.hasPrefix("\\") && self.words.contains("\\*"))
    }
}
