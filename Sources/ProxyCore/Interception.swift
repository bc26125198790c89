import IMAPProtocol
import IMAPSession
public import Traffic

/// A message that waits for a person: forward, replace, drop, answer, or end the connection.
public struct Interception: Sendable, Hashable {
    /// Counted from 1 within the connection.
    public var number: Int
    public var direction: Direction
    /// The rule that asks.
    public var rule: String
    /// The message, secrets masked.
    public var text: String
    /// Whether it can be answered in the server's place.
    public var isCommand: Bool

    public init(number: Int, direction: Direction, rule: String, text: String, isCommand: Bool) {
        self.number = number
        self.direction = direction
        self.rule = rule
        self.text = text
        self.isCommand = isCommand
    }
}

/// All octets of a message that waits: for an editor, and for nothing that is kept.
public struct InterceptedContent: Sendable {
    public var octets: [UInt8]
    /// Ranges of `octets` that must not be shown, sorted and disjoint.
    public var secrets: [Range<Int>]
    let message: Message

    /// Why `octets` cannot be sent in its place; nil: they can.
    public func problem(with octets: [UInt8]) -> InterceptionError? {
        let isLine = [.sasl, .cancel, .done].contains(self.message.kind)
        guard SynchronizingPieces.isOneMessage(octets, self.message.direction, isLine: isLine) else {
            return .notOneMessage
        }
        guard self.message.kind == .command, !self.message.tag.isEmpty else { return nil }
        let tag = self.octets[self.message.tag] + [0x20]
        let start = CommandHead.skipPadding(octets.span.bytes)
        return octets[start...].starts(with: tag) ? nil : .otherTag
    }
}

/// What a person says about a message that waits.
public enum InterceptionDecision: Sendable, Hashable {
    /// It goes on as the rules leave it.
    case forward
    /// These octets go on instead: one whole message.
    case replace([UInt8])
    case drop
    /// The client gets this behind its tag; the server never sees the command.
    case answer(String)
    /// Both connections end.
    case kill
}

/// Why a decision is not taken; the message still waits.
public enum InterceptionError: Error, Sendable, Hashable {
    /// No such message waits, or not in front.
    case notWaiting(Int)
    /// The octets are not exactly one whole message.
    case notOneMessage
    /// A command must keep its tag, else its answer pairs with nothing.
    case otherTag
    /// Only a command can be answered.
    case notACommand
    /// The answer is not OK, NO or BAD on one line.
    case notAnAnswer
}

extension InterceptionError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notWaiting(let number): "no message with the number \(number) waits"
        case .notOneMessage: "what was entered is not exactly one whole message"
        case .otherTag: "the tag of a command cannot be changed: its answer would pair with nothing"
        case .notACommand: "only a command can be answered"
        case .notAnAnswer: "an answer is one line that begins with OK, NO or BAD"
        }
    }
}
