public import IMAPWire

/// The arguments of one message as a tree, flat in one array that is used again for the next message.
///
/// Lists are nested by index: a list's children follow it, up to but not including ``Node/end``.
public struct ArgumentTree: Sendable {
    public struct Node: Sendable, Hashable {
        public var token: Token
        /// The index behind the node and all of its children.
        public var end: Int
    }

    /// What stopped the parse before the end of the text.
    public enum Problem: Sendable, Hashable {
        /// A `)` too many, at this offset of the text.
        case unbalancedClose(offset: Int)
        /// Lists that are not closed.
        case unclosedLists(count: Int)
        /// Lists nested deeper than ``ArgumentTree/maximumDepth``, at this offset; deeper ones are not nested further.
        case tooDeep(offset: Int, limit: Int)
    }

    public private(set) var nodes: [Node] = []
    public private(set) var problem: Problem?
    /// How deep lists may nest.
    public let maximumDepth: Int

    private var tokenizer: Tokenizer
    private var open: [Int] = []

    public init(literalPrefix: Int = WireLimits.standard.literalPrefix, maximumDepth: Int = 100) {
        self.tokenizer = Tokenizer(literalPrefix: literalPrefix)
        self.maximumDepth = maximumDepth
    }

    /// Parses `text` from `start` to its end. Parts that do not nest stay in the tree where they stand.
    public mutating func parse(_ text: RawSpan, from start: Int = 0) {
        self.nodes.removeAll(keepingCapacity: true)
        self.open.removeAll(keepingCapacity: true)
        self.problem = nil
        self.tokenizer.reset(to: start)
        while let token = self.tokenizer.next(in: text) {
            switch token.kind {
            case .listOpen:
                if self.open.count < self.maximumDepth {
                    self.open.append(self.nodes.count)
                } else if self.problem == nil {
                    self.problem = .tooDeep(offset: token.offset, limit: self.maximumDepth)
                }
                self.nodes.append(Node(token: token, end: self.nodes.count + 1))
            case .listClose:
                if let list = self.open.popLast() {
                    self.nodes[list].end = self.nodes.count
                } else if self.problem == nil {
                    self.problem = .unbalancedClose(offset: token.offset)
                }
            case .lineEnd:
                break
            case .atom, .quoted, .literal, .section, .unterminatedQuoted, .stray:
                self.nodes.append(Node(token: token, end: self.nodes.count + 1))
            }
        }
        guard !self.open.isEmpty else { return }
        for list in self.open { self.nodes[list].end = self.nodes.count }
        self.problem = self.problem ?? .unclosedLists(count: self.open.count)
    }
}
