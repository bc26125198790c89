/// Something that a filter can ask for, and where its values come from.
public struct Field: Sendable {
    /// Answers whether a value of the field passes the test.
    typealias Read = @Sendable (SessionFacts, (FactValue) -> Bool) -> Truth

    public let name: String
    public let type: FieldType
    /// One sentence without a full stop.
    public let meaning: String
    /// Every value there is, lowest first; empty when there is no such list.
    public let values: [String]
    /// Other names, tshark's among them.
    public let aliases: [String]
    /// What must be known before it can be answered.
    let needs: Knowledge
    let read: Read
    /// Whether it is a fact of the session: messages that change none share its values.
    private(set) var isOfSession = false
    /// Whether its values stand in the message's text as they are.
    private(set) var isVerbatim = false

    private init(
        _ name: String,
        _ type: FieldType,
        _ meaning: String,
        _ values: [String],
        _ aliases: [String],
        _ needs: Knowledge,
        read: @escaping Read
    ) {
        self.name = name
        self.type = type
        self.meaning = meaning
        self.values = values
        self.aliases = aliases
        self.needs = needs
        self.read = read
    }

    /// A field with one value at most.
    static func one(
        _ name: String,
        _ type: FieldType,
        _ meaning: String,
        values: [String] = [],
        aliases: [String] = [],
        needs: Knowledge = .message,
        _ value: @escaping @Sendable (SessionFacts) -> FactValue?
    ) -> Field {
        Field(name, type, meaning, values, aliases, needs) { facts, test in
            value(facts).map { Truth(test($0)) } ?? .no
        }
    }

    /// A field with any number of values; `any` says whether one of them passes.
    static func each(
        _ name: String,
        _ type: FieldType,
        _ meaning: String,
        values: [String] = [],
        aliases: [String] = [],
        needs: Knowledge = .text,
        _ any: @escaping @Sendable (SessionFacts, (FactValue) -> Bool) -> Bool
    ) -> Field {
        Field(name, type, meaning, values, aliases, needs) { Truth(any($0, $1)) }
    }

    /// A field that sometimes can be answered early: it says itself when it cannot.
    static func early(
        _ name: String,
        _ type: FieldType,
        _ meaning: String,
        aliases: [String] = [],
        _ read: @escaping Read
    ) -> Field {
        Field(name, type, meaning, [], aliases, .kind, read: read)
    }

    /// The same field, as a fact of the session.
    func ofSession() -> Field {
        var field = self
        field.isOfSession = true
        return field
    }

    /// The same field, with values that stand in the text as they are.
    func verbatim() -> Field {
        var field = self
        field.isVerbatim = true
        return field
    }

    /// Asks with what is known of the facts' item.
    func any(_ facts: SessionFacts, _ test: (FactValue) -> Bool) -> Truth {
        if facts.knowledge < self.needs, !(self.isOfSession && facts.knowsSession) { return .unknown }
        return self.read(facts, test)
    }
}
