public import IMAPProtocol

/// Something that the server does wrong on purpose.
public struct Misbehaviour: Sendable, Hashable {
    /// When.
    public enum Occasion: Sendable, Hashable {
        case greeting
        /// A command by name in capitals, `UID FETCH` with its UID, or `*` for any; `occurrence` counts from 1 in the
        /// connection, nil is each one.
        case command(String, occurrence: Int?)
    }

    /// What. Effects without a meaning at their occasion do nothing.
    public enum Effect: Sendable, Hashable {
        /// The answer bears another tag. A greeting bears one at all.
        case wrongTag(String)
        /// A tagged OK with another tag comes before the answer.
        case strayAnswer(tag: String)
        case answerTwice
        /// The tagged answer is missing; of a greeting, all.
        case dropAnswer
        /// Octets before the answer, as they are.
        case garbage([UInt8])
        /// Announced literal sizes are wrong by this much.
        case literalSize(Int)
        /// Lines end in LF alone.
        case bareLF
        /// The connection ends after half of the first literal.
        case closeInLiteral
        /// An untagged response, given without `* `, before the answer, whatever the state.
        case untagged(String)
        /// The command is not carried out but answered thus.
        case answer(Status, code: String?, text: String)
        /// A synchronizing literal is refused with NO.
        case refuseLiteral
        /// OK comes with the continuation request, before the literal was sent.
        case answerBeforeLiteral
        /// Authentication fails with a text that repeats the password.
        case echoPassword
        /// A continuation request that nobody asked for, before the answer.
        case continuation
        /// BYE and the end instead of the answer.
        case bye
        /// These octets instead of the answer.
        case raw([UInt8])
    }

    public var occasion: Occasion
    public var effect: Effect

    public init(_ occasion: Occasion, _ effect: Effect) {
        self.occasion = occasion
        self.effect = effect
    }
}
