/// Finds the misbehaviours that apply to a command, counting commands by name.
struct ServerScript: Sendable {
    private let misbehaviours: [Misbehaviour]
    private var counts: [String: Int] = [:]
    private var total = 0

    init(_ misbehaviours: [Misbehaviour]) {
        self.misbehaviours = misbehaviours
    }

    var greeting: [Misbehaviour.Effect] {
        self.misbehaviours.filter { $0.occasion == .greeting }.map(\.effect)
    }

    /// The effects for the command that begins now.
    mutating func begin(_ name: String) -> [Misbehaviour.Effect] {
        guard !self.misbehaviours.isEmpty else { return [] }
        defer {
            self.counts[name, default: 0] += 1
            self.total += 1
        }
        return self.next(name)
    }

    /// The effects for the command of this name that has not begun yet.
    func next(_ name: String) -> [Misbehaviour.Effect] {
        self.misbehaviours.compactMap { misbehaviour in
            guard case .command(let wanted, let occurrence) = misbehaviour.occasion else { return nil }
            guard wanted == "*" || wanted == name else { return nil }
            let count = wanted == "*" ? self.total : self.counts[name, default: 0]
            guard occurrence == nil || occurrence == count + 1 else { return nil }
            return misbehaviour.effect
        }
    }
}
