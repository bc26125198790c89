import IMAPProtocol
import IMAPSession

/// Consecutive untagged responses of one kind and one exchange: the first are shown, the others counted.
///
/// This is the hot path of the proxy: a folded message costs a few comparisons and no allocation. Questions are mutating so that
/// they are asked in place: else the run would be copied for each.
struct FoldedRun {
    /// How many responses of a run are shown.
    static let shown = 3

    private var response: Response?
    private var exchange = 0
    private var length = 0
    private(set) var folded = 0
    private(set) var octets: UInt64 = 0
    /// Ids of findings that messages of this run were shown with: said once, they are counted from then on.
    private var told: [String] = []
    private(set) var findings: [(id: String, count: Int)] = []
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
        guard self.length > FoldedRun.shown, message.consequences.isEmpty, message.complete,
            message.findings.isEmpty || self.count(message.findings)
        else {
            if !message.findings.isEmpty { self.tell(message.findings) }
            return false
        }
        self.folded += 1
        self.octets += message.length
        self.lastFolded = message.number
        return true
    }

    /// Counts findings that were all told before; false, and nothing is counted, when one was not. What is grave is always
    /// shown.
    private mutating func count(_ findings: [Finding]) -> Bool {
        for finding in findings where finding.severity >= .high || !self.told.contains(finding.id) { return false }
        for finding in findings {
            if let index = self.findings.firstIndex(where: { $0.id == finding.id }) {
                self.findings[index].count += 1
            } else {
                self.findings.append((finding.id, 1))
            }
        }
        return true
    }

    private mutating func tell(_ findings: [Finding]) {
        for finding in findings where !self.told.contains(finding.id) { self.told.append(finding.id) }
    }

    /// Whether `message` continues the run, shown or not.
    mutating func continues(_ message: Message) -> Bool {
        message.kind == .untagged && message.response != nil && message.response == self.response
            && message.exchange == self.exchange
    }

    @inline(__always)
    mutating func isFolded(_ message: Message) -> Bool { message.number == self.lastFolded }

    /// Begins a run with `message`, when it is of a kind that comes in runs.
    mutating func begin(with message: Message) {
        self = FoldedRun()
        guard message.kind == .untagged, let response = message.response, response.comesInRuns else { return }
        self.response = response
        self.exchange = message.exchange
        self.length = 1
        self.tell(message.findings)
    }

    /// What was folded so far; counting begins anew, the run goes on.
    mutating func takeFolded() -> Folded? {
        guard self.folded > 0, let response else { return nil }
        defer {
            self.folded = 0
            self.octets = 0
            self.findings = []
        }
        return Folded(response: response, count: self.folded, octets: self.octets, findings: self.findings)
    }

    mutating func end() { self = FoldedRun() }

    /// What stands for the messages that were not shown.
    struct Folded {
        var response: Response
        var count: Int
        var octets: UInt64
        var findings: [(id: String, count: Int)]
    }
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
