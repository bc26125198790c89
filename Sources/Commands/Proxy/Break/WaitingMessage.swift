import Traffic

/// A message that waits for a person to decide.
struct WaitingMessage: Sendable {
    /// Names it in its connection.
    var id: Int
    var connection: ConnectionID
    var direction: Direction
    /// All of it, as it would be sent.
    var octets: [UInt8]
    /// Ranges of `octets` that must not be shown, sorted and disjoint. Empty under `--reveal-secrets`.
    var secrets: [Range<Int>]
    /// Whether it is a command that can be answered in the server's place.
    var isCommand: Bool
    /// Why these octets cannot be sent in its place, for people; nil: they can.
    var check: @Sendable ([UInt8]) -> String?
    /// Told once, on any thread.
    var decide: @Sendable (BreakVerdict) -> Void
}

/// What a person decides about a message that waits.
enum BreakVerdict: Sendable, Hashable {
    case forward
    /// These octets go in its place.
    case replace([UInt8])
    case drop
    /// The client's command does not reach the server: this follows the tag, `NO [NOPERM] not today`.
    case answer(String)
    /// The session ends.
    case kill
}
