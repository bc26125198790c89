public import Traffic

/// A deviation from the protocol that real servers or clients are known for, by name.
///
/// Its octets are relayed untouched, it is understood as it was meant, and it is told as a note. Adding one is a row in a
/// file of `Rows` that stands in that file's list; a new file of rows is one line in ``Quirk/all``.
public struct Quirk: Sendable, Hashable {
    /// Where it can be seen.
    public enum Level: String, Sendable, Hashable, CaseIterable {
        /// In the octets, by framing alone.
        case wire
        /// In one line, by its tokens.
        case grammar
        /// Only in what both sides said before.
        case session
        /// In a text that names the software.
        case identity
    }

    /// A short stable name, `space-before-parenthesis`.
    public let id: String
    /// Who does it.
    public let side: Direction
    public let level: Level
    /// What happens, as a clause that completes “quirk: …”.
    public let name: String
    /// What imapscope understands instead.
    public let meaning: String
    /// Software that did it at some time, as reported; empty when no report names any.
    public let knownFor: [String]
    /// The rule that it breaks, or where its permission stands.
    public let reference: String
    /// Public reports: `tracker#number`, or a project's name and file.
    public let sources: [String]

    public init(
        _ id: String,
        _ side: Direction,
        _ level: Level,
        _ name: String,
        meaning: String,
        knownFor: [String] = [],
        reference: String,
        sources: [String] = []
    ) {
        self.id = id
        self.side = side
        self.level = level
        self.name = name
        self.meaning = meaning
        self.knownFor = knownFor
        self.reference = reference
        self.sources = sources
    }

    /// `Exchange, iCloud; RFC 9051 section 9`.
    public var attribution: String {
        self.knownFor.isEmpty ? self.reference : "\(self.knownFor.joined(separator: ", ")); \(self.reference)"
    }

    /// `a space stands before “)” (Archiveopteryx, SurgeMail; RFC 9051 section 9)`.
    public var summary: String { "\(self.name) (\(self.attribution))" }
}

extension Quirk {
    /// Every named quirk, topic by topic.
    public static let all: [Quirk] = [
        wireRows, spacingRows, statusRows, literalRows, numberRows, listRows, structureRows, messageRows, commandRows,
        sessionRows, textRows,
    ].flatMap { $0 }

    /// The quirk of that name, whatever its case.
    public static func named(_ id: String) -> Quirk? {
        let wanted = id.lowercased()
        return self.all.first { $0.id == wanted }
    }
}
