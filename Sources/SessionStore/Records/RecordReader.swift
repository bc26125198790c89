/// Reads what ``RecordWriter`` wrote. Whatever stands there, it ends in a value or in ``Damage``.
struct RecordReader {
    struct Damage: Error {}

    private let octets: [UInt8]
    private var position = 0
    private var end: Int

    init(_ octets: [UInt8]) {
        self.octets = octets
        self.end = octets.count
    }

    /// Nothing more of the part: what a later version added is absent.
    var isAtEnd: Bool { self.position >= self.end }

    mutating func unsigned() throws(Damage) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            guard self.position < self.end, shift < 64 else { throw Damage() }
            let octet = self.octets[self.position]
            self.position += 1
            value |= UInt64(octet & 0x7F) << shift
            if octet < 0x80 { return value }
            shift += 7
        }
    }

    mutating func int() throws(Damage) -> Int { Int(truncatingIfNeeded: try self.unsigned()) }

    mutating func signed() throws(Damage) -> Int64 {
        let value = try self.unsigned()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    mutating func bool() throws(Damage) -> Bool {
        guard self.position < self.end else { throw Damage() }
        self.position += 1
        return self.octets[self.position - 1] != 0
    }

    mutating func bytes() throws(Damage) -> [UInt8] {
        let count = try self.count()
        defer { self.position += count }
        return Array(self.octets[self.position..<(self.position + count)])
    }

    mutating func string() throws(Damage) -> String { String(decoding: try self.bytes(), as: UTF8.self) }

    mutating func range() throws(Damage) -> Range<Int> {
        let start = try self.int()
        let count = try self.int()
        guard start >= 0, count >= 0, start <= Int(Int32.max), count <= Int(Int32.max) else { throw Damage() }
        return start..<(start + count)
    }

    mutating func optional<Value>(
        _ body: (inout RecordReader) throws(Damage) -> Value
    ) throws(Damage) -> Value? {
        try self.bool() ? try body(&self) : nil
    }

    mutating func optionalString() throws(Damage) -> String? {
        try self.bool() ? try self.string() : nil
    }

    mutating func array<Element>(
        _ body: (inout RecordReader) throws(Damage) -> Element
    ) throws(Damage) -> [Element] {
        // Every element takes an octet at least, so that a damaged number asks for no memory.
        let count = try self.count()
        var values: [Element] = []
        values.reserveCapacity(min(count, 1024))
        for _ in 0..<count { values.append(try body(&self)) }
        return values
    }

    mutating func part<Value>(_ body: (inout RecordReader) throws(Damage) -> Value) throws(Damage) -> Value {
        guard self.position + 4 <= self.end else { throw Damage() }
        var count = 0
        for index in 0..<4 { count |= Int(self.octets[self.position + index]) << (8 * index) }
        self.position += 4
        let outer = self.end
        guard self.position + count <= outer else { throw Damage() }
        self.end = self.position + count
        let value = try body(&self)
        self.position = self.end
        self.end = outer
        return value
    }

    mutating func raw<Value: RawRepresentable>(_ type: Value.Type) throws(Damage) -> Value
    where Value.RawValue == String {
        guard let value = Value(rawValue: try self.string()) else { throw Damage() }
        return value
    }

    /// Of a name that a later version brought, nil is what this one knows.
    mutating func known<Value: RawRepresentable>(_ type: Value.Type) throws(Damage) -> Value?
    where Value.RawValue == String {
        guard let name = try self.optionalString() else { return nil }
        return Value(rawValue: name)
    }

    private mutating func count() throws(Damage) -> Int {
        let count = try self.unsigned()
        guard count <= UInt64(self.end - self.position) else { throw Damage() }
        return Int(count)
    }
}
