/// A compiled filter.
///
///     let filter = try Filter("command == FETCH and latency > 200ms")
///
/// Made once and asked often; immutable, so that any number of threads may use one.
public struct Filter: Sendable {
    enum Node: Sendable, Hashable {
        case and(Int, Int)
        case or(Int, Int)
        case not(Int)
        case test(Int)
    }

    /// As it was written.
    public let expression: String
    private let nodes: [Node]
    private let tests: [Test]
    private let root: Int

    public init(_ expression: String) throws(FilterError) {
        var parser = try FilterParser(expression)
        self.root = try parser.filter()
        self.expression = expression
        self.nodes = parser.nodes
        self.tests = parser.tests
    }

    /// Whether it holds for the item of `facts`, as far as that is known.
    public func evaluate(_ facts: SessionFacts) -> Truth { self.evaluate(self.root, facts) }

    /// Octets of which one sequence at least stands in the text of every message that it holds for, in ASCII capitals; nil when
    /// there are none that can be told.
    public var needles: [[UInt8]]? { self.needles(of: self.root) }

    private func needles(of index: Int) -> [[UInt8]]? {
        switch self.nodes[index] {
        case .test(let test): self.tests[test].needle.map { [$0] }
        case .not: nil
        case .and(let left, let right):
            switch (self.needles(of: left), self.needles(of: right)) {
            case (let one?, let other?): Self.shortest(one) >= Self.shortest(other) ? one : other
            case (let one, let other): one ?? other
            }
        case .or(let left, let right):
            if let one = self.needles(of: left), let other = self.needles(of: right) { one + other } else { nil }
        }
    }

    private static func shortest(_ needles: [[UInt8]]) -> Int { needles.map(\.count).min() ?? 0 }

    private func evaluate(_ index: Int, _ facts: SessionFacts) -> Truth {
        switch self.nodes[index] {
        case .test(let test): return self.tests[test].evaluate(facts)
        case .not(let inner): return !self.evaluate(inner, facts)
        case .and(let left, let right):
            let first = self.evaluate(left, facts)
            if first == .no { return .no }
            let second = self.evaluate(right, facts)
            return second == .no ? .no : first == .yes ? second : .unknown
        case .or(let left, let right):
            let first = self.evaluate(left, facts)
            if first == .yes { return .yes }
            let second = self.evaluate(right, facts)
            return second == .yes ? .yes : first == .no ? second : .unknown
        }
    }
}
