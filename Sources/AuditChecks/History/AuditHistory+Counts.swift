extension AuditHistory {
    /// Counts one more of a kind. What is not among the ``limit`` newest values is forgotten.
    ///
    /// - Returns: how many there were, this one included.
    func count(_ kind: String, _ value: String) -> Int {
        let count = (self.first("\(kind)-count", value) ?? 0) + 1
        self.set("\(kind)-count", value, to: count)
        return Int(clamping: count)
    }

    /// The highest of all numbers of a kind and value, this one included.
    func highest(_ kind: String, _ value: String, _ number: Int64) -> Int64 {
        let highest = max(self.first("\(kind)-highest", value) ?? 0, UInt64(max(0, number)))
        self.set("\(kind)-highest", value, to: highest)
        return Int64(clamping: highest)
    }

    /// How many different members a value has shown, this one included.
    func distinct(_ kind: String, _ value: String, _ member: String) -> Int {
        if self.note("\(kind)-member", "\(value)\u{0}\(member)", session: 1) != nil {
            return Int(clamping: self.first("\(kind)-count", value) ?? 0)
        }
        return self.count(kind, value)
    }

    private func set(_ kind: String, _ value: String, to number: UInt64) {
        if self.note(kind, value, session: number) != nil { self.replace(kind, value, number) }
    }
}
