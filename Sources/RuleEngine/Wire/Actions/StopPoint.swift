import IMAPSession
import Yams

/// Where a message stops on its way: behind so many octets of it, or of its first literal.
struct StopPoint: Sendable {
    enum Part: String, CaseIterable { case message, literal }

    static let keys = ["after", "in"]

    private let after: Int
    private let part: Part

    init(_ keys: [String: Node], _ reader: WireActionReader) throws(RuleFileError) {
        self.after = try keys["after"].map { node throws(RuleFileError) in try reader.size(node, "after") } ?? 0
        self.part =
            try keys["in"].map { node throws(RuleFileError) in try reader.choice(node, "in", Part.self) } ?? .message
    }

    /// Offset in the message as it came; nil when it has no such place.
    func position(in message: WireMessage) -> Int? {
        switch self.part {
        case .message: self.after
        case .literal: message.literals.first.map { $0.content.lowerBound + self.after }
        }
    }

    func plan(_ end: Delivery.End, _ message: WireMessage, _ edits: inout RuleEdits) {
        guard let position = self.position(in: message) else { return }
        edits.stop = (position, end)
        edits.isFault = true
    }
}
