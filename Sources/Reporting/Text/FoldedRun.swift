import IMAPProtocol
import IMAPSession

/// Consecutive untagged responses of one kind and one exchange: the first are shown, the others counted.
///
/// This is the hot path of the proxy: a folded message costs a few comparisons and no allocation.
struct FoldedRun {
    /// How many responses of a run are shown.
    static let shown = 3

    private var response: Response?
    private var exchange = 0
    private var length = 0
    private(set) var folded = 0
    private(set) var octets: UInt64 = 0
    /// The message that was folded last, so that it is known again when it is delivered.
    private var lastFolded = 0

    /// Takes the next message into account; true when it is folded.
    @inline(__always)
    mutating func fold(_ message: Message) -> Bool {
        guard
            message.kind == .untagged, let response = message.response, response == self.response,
            message.exchange == self.exchange
        else { return false }
        self.length += 1
        guard self.length > FoldedRun.shown, message.findings.isEmpty, message.consequences.isEmpty, message.complete
        else { return false }
        self.folded += 1
        self.octets += message.length
        self.lastFolded = message.number
        return true
    }

    /// Whether `message` continues the run, shown or not.
    func continues(_ message: Message) -> Bool {
        message.kind == .untagged && message.response != nil && message.response == self.response
            && message.exchange == self.exchange
    }

    @inline(__always)
    func isFolded(_ message: Message) -> Bool { message.number == self.lastFolded }

    /// Begins a run with `message`, when it is of a kind that comes in runs.
    mutating func begin(with message: Message) {
        self = FoldedRun()
        guard message.kind == .untagged, let response = message.response, response.comesInRuns else { return }
        self.response = response
        self.exchange = message.exchange
        self.length = 1
    }

    /// What was folded so far; counting begins anew, the run goes on.
    mutating func takeFolded() -> (response: Response, count: Int, octets: UInt64)? {
        guard self.folded > 0, let response else { return nil }
        defer {
            self.folded = 0
            self.octets = 0
        }
        return (response, self.folded, self.octets)
    }

    mutating func end() { self = FoldedRun() }
}

extension Response {
    /// Whether servers send many of them in a row.
    fileprivate var comesInRuns: Bool {
        switch self {
        case .fetch, .uidfetch, .list, .lsub, .xlist, .status, .expunge, .vanished, .search, .esearch, .sort, .thread,
            .acl, .listrights, .myrights, .quota, .quotaroot, .metadata, .annotation, .converted, .genurlauth,
            .urlfetch:
            true
        default:
            false
        }
    }
}
