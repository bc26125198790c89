/// One name of the protocol: what it means, how it looks on the wire and where that is written.
///
/// A class, so that the notes, which ask for a row at nearly every word, are handed one pointer.
public final class RegistryRow: Sendable {
    public let kind: Kind
    /// As the document spells it; looked up without regard to case.
    public let name: String
    /// What it means; a phrase that a sentence can be built on, lower-case, without a full stop.
    public let sentence: String
    /// Its syntax: words in capitals stand for themselves, SP is one space, the rest is ABNF (RFC 5234) with the names of
    /// the document's productions. Behind `answer:` stands what the server sends.
    public let shape: String
    /// The section of the document that says so; empty for what a vendor does.
    public let section: String
    /// For commands: when one may be sent.
    public let states: SessionStates
    /// The document, where it is another one than that of the file.
    public let document: String?
    /// Where else it is described.
    public let also: String?
    /// What else a reader of traffic should know.
    public let remark: String?
    /// Names of rows to look at next.
    public let related: [String]
    /// For capabilities: names of what comes with it. Nil: all other rows of a document that has one capability only.
    public let brings: [String]?
    /// The name's octets in capitals, for lookups.
    let folded: [UInt8]

    init(
        _ kind: Kind,
        _ name: String,
        _ sentence: String,
        shape: String,
        section: String = "",
        states: SessionStates = [],
        document: String? = nil,
        also: String? = nil,
        remark: String? = nil,
        related: [String] = [],
        brings: [String]? = nil
    ) {
        self.kind = kind
        self.name = name
        self.sentence = sentence
        self.shape = shape
        self.section = section
        self.states = states
        self.document = document
        self.also = also
        self.remark = remark
        self.related = related
        self.brings = brings
        self.folded = name.utf8.map(\.asciiCapital)
    }
}

// MARK: - Hashable

extension RegistryRow: Hashable {
    public static func == (left: RegistryRow, right: RegistryRow) -> Bool { left === right }

    public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// When a command may be sent (RFC 9051 section 3).
public struct SessionStates: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    public static let notAuthenticated = SessionStates(rawValue: 1)
    public static let authenticated = SessionStates(rawValue: 2)
    public static let selected = SessionStates(rawValue: 4)
    public static let loggedIn: SessionStates = [.authenticated, .selected]
    public static let any: SessionStates = [.notAuthenticated, .authenticated, .selected]

    /// The names of the states, in the order in which a session goes through them.
    public var names: [String] {
        let all: [(SessionStates, String)] = [
            (.notAuthenticated, "not authenticated"), (.authenticated, "authenticated"), (.selected, "selected"),
        ]
        return all.filter { self.contains($0.0) }.map(\.1)
    }
}

extension UInt8 {
    /// The octet with an ASCII letter turned into its capital.
    var asciiCapital: UInt8 { self &- 0x61 < 26 ? self &- 0x20 : self }
}
