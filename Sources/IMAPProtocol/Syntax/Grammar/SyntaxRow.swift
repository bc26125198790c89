import Traffic

/// One keyword of the protocol: the production it begins, and how what follows it is read.
struct SyntaxRow: Sendable {
    /// Where a keyword stands; the same word may mean different things.
    enum Kind: Int, Sendable, CaseIterable {
        case command
        case response
        case code
        /// An item that FETCH asks for.
        case fetchItem
        /// An item of a FETCH answer.
        case fetchAnswer
        case searchKey
        case searchOption
        case searchAnswer
        case sortKey
        /// Which part of a sorted result is wanted (Cyrus).
        case sortWindow
        case statusItem
        case listSelection
        case listReturn
        /// A parameter of SELECT, CREATE, RENAME, FETCH or STORE (RFC 4466).
        case parameter
        case mailboxFilter
        case appendData
    }

    typealias Rule = @Sendable (inout SyntaxParser, RawSpan) -> Void

    let kind: Kind
    /// In capitals.
    let name: StaticString
    let production: Production
    /// Reads what follows the keyword; nil when nothing does.
    let rule: Rule?

    static func command(_ name: StaticString, _ production: Production, _ rule: Rule? = nil) -> SyntaxRow {
        SyntaxRow(kind: .command, name: name, production: production, rule: rule)
    }

    static func response(_ name: StaticString, _ production: Production, _ rule: Rule? = nil) -> SyntaxRow {
        SyntaxRow(kind: .response, name: name, production: production, rule: rule)
    }

    static func code(_ name: StaticString, _ production: Production, _ rule: Rule? = nil) -> SyntaxRow {
        SyntaxRow(kind: .code, name: name, production: production, rule: rule)
    }

    static func item(_ name: StaticString, _ production: Production, _ rule: Rule? = nil) -> SyntaxRow {
        SyntaxRow(kind: .fetchItem, name: name, production: production, rule: rule)
    }

    static func answer(_ name: StaticString, _ production: Production, _ rule: Rule? = nil) -> SyntaxRow {
        SyntaxRow(kind: .fetchAnswer, name: name, production: production, rule: rule)
    }

    static func key(_ name: StaticString, _ production: Production, _ rule: Rule? = nil) -> SyntaxRow {
        SyntaxRow(kind: .searchKey, name: name, production: production, rule: rule)
    }

    static func row(_ kind: Kind, _ name: StaticString, _ production: Production, _ rule: Rule? = nil) -> SyntaxRow {
        SyntaxRow(kind: kind, name: name, production: production, rule: rule)
    }
}

/// The rows of one kind, found by the octets of their names in any case.
struct SyntaxTable: Sendable {
    private let rows: [SyntaxRow]
    /// Indices of rows, open addressing; -1 for none. A power of two.
    private let slots: [Int16]

    init(_ rows: [SyntaxRow]) {
        self.rows = rows
        var size = 16
        while size < rows.count * 3 { size *= 2 }
        var slots = [Int16](repeating: -1, count: size)
        for (index, row) in rows.enumerated() {
            var hash = Self.seed
            for position in 0..<row.name.utf8CodeUnitCount {
                hash = Self.mix(hash, row.name.utf8Start[position])
            }
            var slot = Int(truncatingIfNeeded: hash >> 7) & (size - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = Int16(truncatingIfNeeded: index)
        }
        self.slots = slots
    }

    func row(_ text: RawSpan, _ range: Range<Int>) -> SyntaxRow? {
        guard range.count <= 32 else { return nil }
        var hash = Self.seed
        for index in range {
            var octet = text.unsafeLoad(fromUncheckedByteOffset: index, as: UInt8.self)
            if octet &- 0x61 < 26 { octet &-= 0x20 }
            hash = Self.mix(hash, octet)
        }
        let mask = self.slots.count - 1
        var slot = Int(truncatingIfNeeded: hash >> 7) & mask
        while true {
            let index = Int(self.slots[slot])
            guard index >= 0 else { return nil }
            if text.matches(range, self.rows[index].name) { return self.rows[index] }
            slot = (slot + 1) & mask
        }
    }

    private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325
    @inline(__always)
    private static func mix(_ hash: UInt64, _ octet: UInt8) -> UInt64 {
        (hash ^ UInt64(octet)) &* 0x0000_0100_0000_01B3
    }
}
