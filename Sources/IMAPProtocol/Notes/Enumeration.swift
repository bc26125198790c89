/// Commas, "and" and "12 more" between the members of a list.
struct Enumeration: Sendable {
    private let count: Int
    private let shown: Int
    private var index = 0

    init(count: Int, limit: Int = Annotator.listed) {
        self.count = count
        self.shown = count > limit ? limit : count
    }

    /// Writes what stands before the next member; false when that one is not named any more.
    mutating func advance(_ prose: inout Prose) -> Bool {
        defer { self.index += 1 }
        if self.index >= self.shown {
            if self.index == self.shown, self.count > self.shown {
                prose.add(" and ")
                prose.quantity(UInt64(self.count - self.shown))
                prose.add(" more")
            }
            return false
        }
        if self.index > 0 { prose.add(self.index == self.count - 1 ? " and " : ", ") }
        return !prose.isFull
    }
}
