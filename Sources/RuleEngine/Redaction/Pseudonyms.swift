import Synchronization

/// Placeholders for values: the same value always gets the same one, in all sessions of a run.
///
/// In a message a placeholder has as many octets as the value, so that counts and offsets stay true: `user`, as much of it as
/// there is room for, and a number, `us1`, `user1`, `user000001`. Elsewhere it is as long as it has to be.
public final class Pseudonyms: Sendable {
    private struct Key: Hashable {
        var part: Part
        var value: [UInt8]
    }

    private struct State {
        var numbers: [Key: Int] = [:]
        var counts: [Part: Int] = [:]
    }

    /// Values beyond these are masked with stars instead: who opens a million mailboxes must not fill the memory.
    private static let limit = 65_536

    private let state = Mutex(State())

    public init() {}

    /// The number of a value; nil when there are too many.
    private func number(_ value: [UInt8], _ part: Part) -> Int? {
        self.state.withLock { state in
            let key = Key(part: part, value: value)
            if let number = state.numbers[key] { return number }
            guard state.numbers.count < Self.limit else { return nil }
            let number = state.counts[part, default: 0] + 1
            state.counts[part] = number
            state.numbers[key] = number
            return number
        }
    }

    /// Whether `value` was replaced before, as this part.
    func isKnown(_ value: [UInt8], _ part: Part) -> Bool {
        self.state.withLock { $0.numbers[Key(part: part, value: value)] != nil }
    }

    /// How many values of each part were replaced.
    public var counts: [Part: Int] { self.state.withLock { $0.counts } }

    /// `user1`, whatever the length of the value.
    func name(_ value: [UInt8], _ part: Part) -> String {
        self.number(value, part).map { "\(part.word)\($0)" } ?? "‹masked›"
    }

    /// Overwrites a value with its placeholder. False when there is no room for one: then there are stars.
    func overwrite(_ octets: UnsafeMutableRawBufferPointer, value: [UInt8], _ part: Part) -> Bool {
        guard !octets.isEmpty, let number = self.number(value, part),
            let placeholder = Self.placeholder(part.word, number, length: octets.count)
        else {
            for index in octets.indices { octets[index] = UInt8(ascii: "*") }
            return false
        }
        octets.copyBytes(from: placeholder)
        return true
    }

    public static func placeholder(_ word: String, _ number: Int, length: Int) -> [UInt8]? {
        var digits = Array(String(number).utf8)
        // Letters reach further where there is little room.
        if digits.count > length { digits = Array(String(number, radix: 36).utf8) }
        guard digits.count <= length else { return nil }
        let letters = Array(word.utf8.prefix(length - digits.count))
        let zeros = [UInt8](repeating: UInt8(ascii: "0"), count: length - digits.count - letters.count)
        return letters + zeros + digits
    }
}
