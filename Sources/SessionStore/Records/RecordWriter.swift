/// Writes what SQL need not know of a message or an event: small numbers take one octet, texts their length and UTF-8.
struct RecordWriter {
    private(set) var octets: [UInt8] = []

    mutating func removeAll() { self.octets.removeAll(keepingCapacity: true) }

    mutating func write(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            self.octets.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        self.octets.append(UInt8(rest))
    }

    mutating func write(_ value: Int) { self.write(UInt64(bitPattern: Int64(value))) }

    /// Negative numbers are rare but there are some.
    mutating func write(signed value: Int64) { self.write(UInt64(bitPattern: (value << 1) ^ (value >> 63))) }

    mutating func write(_ value: Bool) { self.octets.append(value ? 1 : 0) }

    mutating func write(_ value: String) {
        var value = value
        value.withUTF8 { text in
            self.write(text.count)
            self.octets.append(contentsOf: text)
        }
    }

    mutating func write(_ value: [UInt8]) {
        self.write(value.count)
        self.octets.append(contentsOf: value)
    }

    mutating func write(_ range: Range<Int>) {
        self.write(range.lowerBound)
        self.write(range.count)
    }

    mutating func write<Value>(_ value: Value?, _ body: (inout RecordWriter, Value) -> Void) {
        self.write(value != nil)
        if let value { body(&self, value) }
    }

    mutating func write(_ value: String?) { self.write(value) { $0.write($1) } }

    mutating func write<Element>(_ values: [Element], _ body: (inout RecordWriter, Element) -> Void) {
        self.write(values.count)
        for value in values { body(&self, value) }
    }

    /// A part that may grow in later versions: its length comes first, so that older readers leave the rest alone.
    mutating func part(_ body: (inout RecordWriter) -> Void) {
        let start = self.octets.count
        self.octets.append(contentsOf: [0, 0, 0, 0])
        body(&self)
        let count = UInt32(self.octets.count - start - 4)
        for index in 0..<4 { self.octets[start + index] = UInt8(truncatingIfNeeded: count >> (8 * UInt32(index))) }
    }
}
