/// What a test found.
public struct ProbeVerdict: Sendable, Hashable {
    public enum Grade: String, Sendable, Hashable, CaseIterable {
        case pass
        case weak
        case vulnerable
        case notCheckable = "not checkable"
    }

    public var grade: Grade
    /// A sentence of facts, or why there are none. Texts of the server in it are as they came: an output escapes them.
    public var facts: String

    public init(_ grade: Grade, _ facts: String) {
        self.grade = grade
        self.facts = facts
    }

    /// Whether something is to be done about it.
    public var isBad: Bool { self.grade == .weak || self.grade == .vulnerable }
}

extension ProbeStep {
    static func pass(_ facts: String) -> ProbeStep { .done(ProbeVerdict(.pass, facts)) }
    static func weak(_ facts: String) -> ProbeStep { .done(ProbeVerdict(.weak, facts)) }
    static func vulnerable(_ facts: String) -> ProbeStep { .done(ProbeVerdict(.vulnerable, facts)) }
    static func notCheckable(_ why: String) -> ProbeStep { .done(ProbeVerdict(.notCheckable, why)) }
}
