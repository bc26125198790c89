import Traffic

/// What came while keys were missing, in its order, within a limit that all connections share.
struct HeldOctets {
    enum Content {
        case octets([UInt8])
        case gap(UInt64)
    }

    struct Entry {
        var content: Content
        var direction: Direction
        var time: Timestamp
    }

    private(set) var entries: [Entry] = []
    private(set) var octets = 0

    var isEmpty: Bool { self.entries.isEmpty }

    mutating func append(_ content: Content, _ direction: Direction, _ time: Timestamp) {
        // What an entry needs beside its octets counts too.
        self.octets += 64
        if case .octets(let octets) = content { self.octets += octets.count }
        self.entries.append(Entry(content: content, direction: direction, time: time))
    }

    mutating func takeAll() -> [Entry] {
        defer { self = HeldOctets() }
        return self.entries
    }
}
