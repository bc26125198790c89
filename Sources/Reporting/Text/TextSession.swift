import IMAPSession
import Traffic

/// What a transcript remembers of an open session: little, for thousands are open at once.
///
/// Its properties are accessed several times a message, by the transcript alone and never one within another, so that is not
/// checked at run time.
final class TextSession {
    let id: ConnectionID
    let description: SessionDescription
    @exclusivity(unchecked) var exchanges = OpenExchanges()
    /// The number of the exchange that ended last.
    @exclusivity(unchecked) var lastEnded = 0
    @exclusivity(unchecked) var run = FoldedRun()
    @exclusivity(unchecked) var capabilities = ShownCapabilities()
    /// Per direction, client first: octets in a language that is not read, and octets of a literal that never came.
    @exclusivity(unchecked) var opaque: InlineArray<2, UInt64> = .init(repeating: 0)
    @exclusivity(unchecked) var missing: InlineArray<2, UInt64> = .init(repeating: 0)
    /// Per direction: the end, in the stream, of the last literal that was shown while it passed.
    @exclusivity(unchecked) var streamed: InlineArray<2, UInt64> = .init(repeating: 0)
    /// The command that waits for a literal: its offset in the client's stream, and how much of its text was shown.
    @exclusivity(unchecked) var announced: (offset: UInt64, shown: Int)?
    /// Octets that wait for the piece that completes them; per direction.
    @exclusivity(unchecked) var passages: InlineArray<2, LiteralPassage> = .init(repeating: LiteralPassage())

    init(_ description: SessionDescription) {
        self.id = description.connection
        self.description = description
    }

    func seconds(_ time: Timestamp) -> Int64 { time.since(self.description.time) }
}
