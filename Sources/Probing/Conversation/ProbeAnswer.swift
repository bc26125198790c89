public import IMAPProtocol

/// What came until the response that was waited for, or until nothing more did.
public struct ProbeAnswer: Sendable, Hashable {
    public enum Ending: Sendable, Hashable {
        /// The response that was waited for is the last line.
        case complete
        case closed
        /// Nothing, or nothing that ends the answer, came in time.
        case silent
        /// More came than any answer has.
        case flooded
    }

    public var lines: [ProbeLine]
    public var ending: Ending

    public init(lines: [ProbeLine], ending: Ending) {
        self.lines = lines
        self.ending = ending
    }

    /// The response that was waited for.
    public var final: ProbeLine? { self.ending == .complete ? self.lines.last : nil }
    public var status: Status? { self.final?.status }
    public var isOK: Bool { self.status == .ok }
    /// A tagged refusal.
    public var isRefused: Bool { self.status == .no || self.status == .bad }
    public var capabilities: [String]? { self.lines.last { $0.capabilities != nil }?.capabilities }
    /// Whether the server ended the session: BYE, or the connection itself.
    public var isGoodbye: Bool { self.ending == .closed || self.lines.contains { $0.status == .bye } }

    public func answers(_ tag: String) -> ProbeLine? { self.lines.first { $0.kind == .tagged && $0.tag == tag } }

    /// The answer in words.
    public var shown: String {
        switch self.ending {
        case .complete: self.final.map { "“\($0.shown)”" } ?? "nothing"
        case .closed:
            self.lines.last { $0.status == .bye }.map { "“\($0.shown)”, and the connection was closed" }
                ?? "the connection was closed"
        case .silent: "no answer in time"
        case .flooded: "more octets than any answer has"
        }
    }
}
