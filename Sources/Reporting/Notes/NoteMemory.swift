import IMAPProtocol
import IMAPSession
import Traffic

/// The notes of status responses and lists that servers send in the same words in thousands of sessions.
///
/// A note depends on nothing but the octets, what they answer, and what is masked in them; where something is, or where UIDs
/// are known, none is kept. Bounded: a later one takes the place of an earlier one.
struct NoteMemory {
    /// What a note depends on, beside the octets.
    struct Key: Equatable {
        var hash: UInt64
        var answering: Command?
        var isUID: Bool
        var isGreeting: Bool
    }

    private struct Entry {
        var key: Key?
        var text: [UInt8] = []
        var note: [UInt8] = []
    }

    private static let places = 64
    /// Longer texts are not kept.
    private static let longest = 512

    private var entries = [Entry](repeating: Entry(), count: Self.places)

    /// The key of a message whose note may be kept; nil for all others.
    static func key(_ message: Message, _ text: RawSpan, answering: Command?, isUID: Bool) -> Key? {
        guard text.byteCount <= self.longest, message.uids.isEmpty, message.literals.isEmpty,
            let response = message.response, response.status != nil || response == .capability || response == .flags
        else { return nil }
        let isGreeting = message.kind == .greeting
        return Key(hash: self.hash(text), answering: answering, isUID: isUID, isGreeting: isGreeting)
    }

    /// FNV-1a, eight octets at a time.
    private static func hash(_ text: RawSpan) -> UInt64 {
        text.withUnsafeBytes { octets in
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            var index = 0
            while index + 8 <= octets.count {
                hash = (hash ^ octets.loadUnaligned(fromByteOffset: index, as: UInt64.self)) &* 0x100_0000_01B3
                hash ^= hash &>> 32
                index += 8
            }
            while index < octets.count {
                hash = (hash ^ UInt64(octets[index])) &* 0x100_0000_01B3
                index += 1
            }
            return hash
        }
    }

    private static func place(_ key: Key) -> Int { Int((key.hash ^ key.hash &>> 29) % UInt64(self.places)) }

    /// The place of the note of these octets, if it is known.
    func find(_ key: Key, _ text: RawSpan) -> Int? {
        let place = Self.place(key)
        guard self.entries[place].key == key, self.entries[place].text.count == text.byteCount else { return nil }
        let known = self.entries[place].text
        return Self.isEqual(text, known.span.bytes) ? place : nil
    }

    /// Whether two texts of the same length are the same; eight octets at a time.
    private static func isEqual(_ one: RawSpan, _ other: RawSpan) -> Bool {
        one.withUnsafeBytes { one in
            other.withUnsafeBytes { other in
                var index = 0
                while index + 8 <= one.count {
                    let word = one.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                    if word != other.loadUnaligned(fromByteOffset: index, as: UInt64.self) { return false }
                    index += 8
                }
                while index < one.count {
                    if one[index] != other[index] { return false }
                    index += 1
                }
                return true
            }
        }
    }

    /// The note at a place that ``find(_:_:)`` told; empty when there is nothing to say.
    func withNote<Result>(at place: Int, _ body: (RawSpan) -> Result) -> Result {
        let note = self.entries[place].note
        return body(note.span.bytes)
    }

    func isEmpty(at place: Int) -> Bool { self.entries[place].note.isEmpty }

    mutating func insert(_ note: RawSpan, _ key: Key, _ text: RawSpan) {
        let place = Self.place(key)
        self.entries[place].key = key
        self.entries[place].text.removeAll(keepingCapacity: true)
        text.withUnsafeBytes { self.entries[place].text.append(contentsOf: $0) }
        self.entries[place].note.removeAll(keepingCapacity: true)
        note.withUnsafeBytes { self.entries[place].note.append(contentsOf: $0) }
    }
}
