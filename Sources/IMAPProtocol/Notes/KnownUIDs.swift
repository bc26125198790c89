/// The UIDs of sequence numbers that stand in a message, as far as a session knows them: so that a note can say which
/// message `10` is.
public struct KnownUIDs: Sendable, Hashable {
    /// More members of a set are not named in a note either.
    public static let limit = 2 * Annotator.listed

    private struct Pair: Sendable, Hashable {
        // No mailbox holds more than 32 bits can count; wider ones would make every message larger.
        var number: UInt32
        var uid: UInt32
    }

    // Most messages have none and nearly all others one: neither costs an allocation or a count of references.
    private enum Storage: Sendable, Hashable {
        case none
        case one(Pair)
        case several([Pair])
    }

    private var storage = Storage.none

    public init() {}

    public init(number: UInt64, uid: UInt32) {
        if number <= UInt64(UInt32.max) { self.storage = .one(Pair(number: UInt32(number), uid: uid)) }
    }

    public var isEmpty: Bool { self.storage == .none }

    public mutating func insert(number: UInt64, uid: UInt32) {
        guard number <= UInt64(UInt32.max) else { return }
        let pair = Pair(number: UInt32(number), uid: uid)
        switch self.storage {
        case .none: self.storage = .one(pair)
        case .one(let first): self.storage = .several([first, pair])
        case .several(let pairs):
            if pairs.count < Self.limit { self.storage = .several(pairs + [pair]) }
        }
    }

    /// Calls `body` with each number and its UID, in the order in which they were learnt.
    public func forEach(_ body: (UInt64, UInt32) -> Void) {
        switch self.storage {
        case .none: break
        case .one(let pair): body(UInt64(pair.number), pair.uid)
        case .several(let pairs): for pair in pairs { body(UInt64(pair.number), pair.uid) }
        }
    }

    public func uid(of number: UInt64) -> UInt32? {
        switch self.storage {
        case .none: nil
        case .one(let pair): UInt64(pair.number) == number ? pair.uid : nil
        case .several(let pairs): pairs.first { UInt64($0.number) == number }?.uid
        }
    }
}
