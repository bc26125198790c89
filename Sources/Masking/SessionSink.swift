public import IMAPSession
public import Traffic

/// Whether a sink needs the octets of a message, and so the work of masking them.
public enum TextDemand: Sendable {
    case none
    case text
}

/// A message as sinks see it: secrets are overwritten octet for octet, so that every offset still holds.
///
/// Only ``MaskingStage`` makes one.
public struct MaskedMessage: Sendable {
    public let message: Message
    /// What was overwritten with `*`, sorted: ranges of the text.
    public let masked: [SecretRange]
}

/// An output: transcript, JSONL, store. It is handed masked octets only.
///
/// A sink serves every session of the process; `session` tells which one speaks.
public protocol SessionSink: AnyObject {
    /// Asked before each message: a sink that will only count the message spares the work of masking it.
    func demand(for message: Message, session: ConnectionID) -> TextDemand
    /// A complete message. `text` is empty when ``demand(for:session:)`` said none; valid during the call only.
    func message(_ message: MaskedMessage, text: RawSpan, session: ConnectionID)
    /// A command as far as the literal that it waits for; the complete message follows.
    func announced(_ message: MaskedMessage, text: RawSpan, session: ConnectionID)
    /// A message as far as a long literal that passes now, only for sinks that want literals; its octets and the complete
    /// message follow.
    func passing(_ message: MaskedMessage, text: RawSpan, session: ConnectionID)
    /// Whether the octets of long literals are wanted at all. Asked once, when a session begins.
    var wantsLiterals: Bool { get }
    /// Octets of a long literal, masked by value.
    func literal(_ piece: LiteralPiece, octets: RawSpan, session: ConnectionID)
    func event(_ event: SessionEvent, session: ConnectionID)
}

extension SessionSink {
    public func passing(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {}
}
