import IMAPProtocol
import IMAPSession

/// The exchanges of a session that have begun and not ended: what a response is read against.
struct OpenExchanges {
    struct Entry {
        var number: Int
        var command: Command?
        var isUID: Bool
        /// The note of the command, kept where it is shown when the exchange ends.
        var note: String?
    }

    /// More are not remembered: their responses are then explained without their command.
    private static let limit = 256

    // Pipelined commands are few; a search through an array costs less than hashing.
    private var entries: [Entry] = []

    mutating func insert(_ exchange: Exchange) {
        self.insert(Entry(number: exchange.number, command: exchange.command, isUID: exchange.isUID, note: nil))
    }

    mutating func insert(_ entry: Entry) {
        guard entry.number != 0 else { return }
        if let index = self.entries.firstIndex(where: { $0.number == entry.number }) {
            self.entries[index].command = entry.command
            self.entries[index].isUID = entry.isUID
            self.entries[index].note = entry.note ?? self.entries[index].note
        } else if self.entries.count < OpenExchanges.limit {
            self.entries.append(entry)
        }
    }

    @inline(__always)
    func entry(_ number: Int) -> Entry? {
        for entry in self.entries where entry.number == number { return entry }
        return nil
    }

    mutating func remove(_ number: Int) -> Entry? {
        guard let index = self.entries.firstIndex(where: { $0.number == number }) else { return nil }
        return self.entries.remove(at: index)
    }
}
