/// A dictionary of bounded size that forgets the entry which was not asked for the longest.
///
/// Every operation takes constant time. Invariant: the nodes form one list from `newest` to `oldest`, and `places`
/// holds the index of each under its key.
struct LeastRecentlyUsed<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Node: Sendable {
        var key: Key
        var value: Value
        /// Used more lately; -1 for none.
        var newer: Int
        /// Used longer ago; -1 for none.
        var older: Int
    }

    let capacity: Int
    private var nodes: [Node] = []
    private var places: [Key: Int] = [:]
    private var newest = -1
    private var oldest = -1

    init(capacity: Int) {
        precondition(capacity > 0, "a cache holds at least one entry")
        self.capacity = capacity
    }

    var count: Int { self.nodes.count }

    /// The keys, the most recently used first.
    var keys: [Key] {
        var keys: [Key] = []
        var index = self.newest
        while index >= 0 {
            keys.append(self.nodes[index].key)
            index = self.nodes[index].older
        }
        return keys
    }

    /// The value of `key`, which becomes the most recently used.
    mutating func value(for key: Key) -> Value? {
        guard let index = self.places[key] else { return nil }
        self.unlink(index)
        self.linkAsNewest(index)
        return self.nodes[index].value
    }

    /// Sets the value of `key`, which becomes the most recently used. The oldest entry gives way if need be.
    mutating func set(_ value: Value, for key: Key) {
        if let index = self.places[key] {
            self.nodes[index].value = value
            self.unlink(index)
            self.linkAsNewest(index)
            return
        }
        let index: Int
        if self.nodes.count < self.capacity {
            index = self.nodes.count
            self.nodes.append(Node(key: key, value: value, newer: -1, older: -1))
        } else {
            index = self.oldest
            self.unlink(index)
            self.places[self.nodes[index].key] = nil
            self.nodes[index] = Node(key: key, value: value, newer: -1, older: -1)
        }
        self.places[key] = index
        self.linkAsNewest(index)
    }

    private mutating func unlink(_ index: Int) {
        let (newer, older) = (self.nodes[index].newer, self.nodes[index].older)
        if newer >= 0 { self.nodes[newer].older = older } else { self.newest = older }
        if older >= 0 { self.nodes[older].newer = newer } else { self.oldest = newer }
    }

    private mutating func linkAsNewest(_ index: Int) {
        self.nodes[index].newer = -1
        self.nodes[index].older = self.newest
        if self.newest >= 0 { self.nodes[self.newest].newer = index } else { self.oldest = index }
        self.newest = index
    }
}
