/// The UIDs of sequence numbers that stand in a message, as far as a session knows them: so that a note can say which
/// message `10` is.
public struct KnownUIDs: Sendable, Hashable {
    /// More members of a set are not named in a note either.
    public static let limit = 2 * Annotator.listed

    private struct Pair: Sendable, Hashable {
        var number: UInt64
        var uid: UInt32
    }

    // One is the common case, and costs no allocation.
    private var one: Pair?
    private var more: [Pair] = []

    public init() {}

    public init(number: UInt64, uid: UInt32) {
        self.one = Pair(number: number, uid: uid)
    }

    public var isEmpty: Bool { self.one == nil }

    public mutating func insert(number: UInt64, uid: UInt32) {
        guard self.one != nil else {
            self.one = Pair(number: number, uid: uid)
            return
        }
        guard self.more.count < Self.limit else { return }
        self.more.append(Pair(number: number, uid: uid))
    }

    public func uid(of number: UInt64) -> UInt32? {
        guard let one else { return nil }
        if one.number == number { return one.uid }
        for pair in self.more where pair.number == number { return pair.uid }
        return nil
    }
}
