/// Finds what a person likely meant to write.
public enum Spelling {
    /// The candidate that is nearest to `word`, if it is near enough to be a slip.
    public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        let limit = max(1, word.count / 3)
        let lowered = Array(word.lowercased())
        var best: (candidate: String, distance: Int)?
        for candidate in candidates {
            let distance = self.distance(lowered, Array(candidate.lowercased()))
            if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.candidate
    }

    /// The number of letters to change, add, drop or swap with their neighbour (optimal string alignment).
    public static func distance(_ left: [Character], _ right: [Character]) -> Int {
        // Only slips are of interest: a word far longer than every name need not be measured.
        guard left.count <= 64, right.count <= 64 else { return max(left.count, right.count) }
        var earlier = [Int](repeating: 0, count: right.count + 1)
        var previous = Array(0...right.count)
        for row in 0..<left.count {
            var current = [row + 1]
            for column in 0..<right.count {
                let replaced = previous[column] + (left[row] == right[column] ? 0 : 1)
                var cost = min(replaced, previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    cost = min(cost, earlier[column - 1] + 1)
                }
                current.append(cost)
            }
            earlier = previous
            previous = current
        }
        return previous[right.count]
    }
}
