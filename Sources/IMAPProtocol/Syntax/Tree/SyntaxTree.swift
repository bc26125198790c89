/// What a message says, by the grammar of IMAP: the productions found, each with its range of the text.
///
/// The nodes stand in one array in the order of the text, a node before the ones below it; the array is used again for
/// the next message. The tree keeps no text: whoever reads it has the text as well.
public struct SyntaxTree: Sendable {
    public internal(set) var nodes: [SyntaxNode] = []
    /// Where the message does not follow the grammar, in order; the first ``SyntaxLimits/problems`` of them.
    public internal(set) var problems: [SyntaxProblem] = []
    /// Deviations that are known and accepted, in order; the first ``SyntaxLimits/tolerances`` of them.
    public internal(set) var tolerances: [ToleratedDeviation] = []
    /// Every kind of deviation that was accepted, also beyond the limit.
    public internal(set) var toleranceKinds = ToleranceSet()

    public init() {}

    public var isEmpty: Bool { self.nodes.isEmpty }

    /// The index of the node that stands for the message.
    public static let root = 0

    public subscript(_ index: Int) -> SyntaxNode { self.nodes[index] }

    /// The indices of the nodes right below `index`.
    public func children(of index: Int) -> Children {
        Children(
            nodes: self.nodes,
            position: index + 1,
            end: index < self.nodes.count ? self.nodes[index].end : index + 1
        )
    }

    /// The index of the first `production` below or at `index`, in the order of the text.
    public func first(_ production: Production, in index: Int = SyntaxTree.root) -> Int? {
        guard index < self.nodes.count else { return nil }
        for position in index..<self.nodes[index].end where self.nodes[position].production == production {
            return position
        }
        return nil
    }

    /// The index of the first child of `index` that is a `production`.
    public func child(_ production: Production, of index: Int) -> Int? {
        var position = index + 1
        let end = self.nodes[index].end
        while position < end {
            if self.nodes[position].production == production { return position }
            position = self.nodes[position].end
        }
        return nil
    }

    /// The first child of `index`, whatever it is.
    public func firstChild(of index: Int) -> Int? {
        self.nodes[index].end > index + 1 ? index + 1 : nil
    }

    /// The first `production` of the message.
    public func node(_ production: Production) -> SyntaxNode? {
        self.first(production).map { self.nodes[$0] }
    }

    /// Indices of siblings. Iterating allocates nothing.
    public struct Children: Sequence, IteratorProtocol, Sendable {
        let nodes: [SyntaxNode]
        var position: Int
        let end: Int

        public mutating func next() -> Int? {
            guard self.position < self.end else { return nil }
            let index = self.position
            self.position = self.nodes[index].end
            return index
        }
    }

    /// Makes room for the next message. A tree that one huge message made large gives its memory back.
    mutating func reset() {
        if self.nodes.capacity > 1 << 16 { self.nodes = [] }
        self.nodes.removeAll(keepingCapacity: true)
        guard !self.toleranceKinds.isEmpty || !self.problems.isEmpty else { return }
        self.problems.removeAll(keepingCapacity: true)
        self.tolerances.removeAll(keepingCapacity: true)
        self.toleranceKinds = []
    }
}
