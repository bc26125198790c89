import IMAPSession
import Traffic
import Yams

/// One thing that a rule does to messages on their way.
public struct WireAction: Sendable {
    /// As rule files name it.
    public let name: String
    let step: any WireStep
    /// Whether it is done to something else than messages.
    var isBesideMessages: Bool { self.step.isBesideMessages }
    /// Whether nothing else can be done by its rule.
    var standsAlone: Bool { self.step is CredentialsAction || self.step is TLSAction }

    init(_ step: any WireStep) {
        self.name = type(of: step).name
        self.step = step
    }
}

/// A kind of wire action: how rule files write it, which messages it can be done to, and what it makes of one.
///
/// A new kind is a file in `Actions` and its line in ``WireActionKinds``.
protocol WireStep: Sendable {
    static var name: String { get }
    /// What it can be done to, for people.
    static var subject: String { get }
    /// Reads the operand; nil when the action stands alone.
    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError)

    /// Whether it can be done to messages of this sort. Looks at kind, direction, command and response only.
    func accepts(_ message: Message) -> Bool
    /// Whether a message whose literal has not come yet tells enough.
    var streams: Bool { get }
    /// Whether it is done to something else than messages, a handshake or a login.
    var isBesideMessages: Bool { get }
    /// For what it draws by chance; nil: nothing.
    var seed: UInt64? { get }
    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem)
}

extension WireStep {
    static var subject: String { "messages" }
    var streams: Bool { true }
    var isBesideMessages: Bool { false }
    var seed: UInt64? { nil }
}

/// Why a rule that matched cannot be applied to a message.
struct WireProblem: Error {
    /// A clause for people, without octets of the message.
    var reason: String

    init(_ reason: String) { self.reason = reason }
}

/// All kinds of wire actions.
enum WireActionKinds {
    static let all: [any WireStep.Type] = [
        AnswerAction.self,
        DropAction.self,
        InjectAction.self,
        CommandAction.self,
        CapabilitiesAction.self,
        HideAction.self,
        ReplaceAction.self,
        RewriteAction.self,
        FlagsAction.self,
        RenameMailboxAction.self,
        InsertAction.self,
        RemoveAction.self,
        LiteralAction.self,
        StatusAction.self,
        CodeAction.self,
        TextAction.self,
        DuplicateAction.self,
        ReorderAction.self,
        WrongTagAction.self,
        TLSAction.self,
        CredentialsAction.self,
        DelayAction.self,
        BandwidthAction.self,
        SliceAction.self,
        CutAction.self,
        StallAction.self,
        ResetAction.self,
    ]

    static let names = all.map { $0.name }

    static func kind(named name: String) -> (any WireStep.Type)? { Self.all.first { $0.name == name } }
}
