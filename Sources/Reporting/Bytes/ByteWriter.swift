/// Octets on their way to an output: rendered in place and handed over in chunks, while the storage is kept.
///
/// Invariant: `count <= storage.count`; what lies behind `count` is scratch.
public struct ByteWriter: Sendable {
    private var storage: [UInt8]
    public private(set) var count = 0

    public init(capacity: Int = 1024) {
        self.storage = [UInt8](repeating: 0, count: capacity)
    }

    public var isEmpty: Bool { self.count == 0 }

    /// Calls `body` with room for `room` octets and keeps as many of them as it says it wrote.
    @inline(__always)
    mutating func withRoom(_ room: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int) {
        if self.storage.count - self.count < room { self.grow(by: room) }
        let start = self.count
        self.count += self.storage.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            return body(base + start)
        }
    }

    @inline(never)
    private mutating func grow(by room: Int) {
        let wanted = max(self.storage.count * 2, self.count + room)
        self.storage.append(contentsOf: repeatElement(0, count: wanted - self.storage.count))
    }

    @inline(__always)
    public mutating func append(_ octet: UInt8) {
        if self.count == self.storage.count { self.grow(by: 1) }
        self.storage[self.count] = octet
        self.count += 1
    }

    @inline(__always)
    public mutating func append(_ text: StaticString) {
        let length = text.utf8CodeUnitCount
        self.withRoom(length) { target in
            target.update(from: text.utf8Start, count: length)
            return length
        }
    }

    public mutating func append(verbatim text: String) {
        var text = text
        text.withUTF8 { self.append($0) }
    }

    public mutating func append(_ octets: RawSpan) {
        octets.withUnsafeBytes { source in
            source.withMemoryRebound(to: UInt8.self) { self.append($0) }
        }
    }

    private mutating func append(_ source: UnsafeBufferPointer<UInt8>) {
        guard let base = source.baseAddress else { return }
        self.withRoom(source.count) { target in
            target.update(from: base, count: source.count)
            return source.count
        }
    }

    /// Appends `octet` `times` times.
    public mutating func append(_ octet: UInt8, times: Int) {
        guard times > 0 else { return }
        self.withRoom(times) { target in
            target.update(repeating: octet, count: times)
            return times
        }
    }

    /// Appends `number` in decimal.
    public mutating func append(decimal number: UInt64) {
        self.withRoom(20) { target in
            var length = 1
            var rest = number / 10
            while rest > 0 {
                length += 1
                rest /= 10
            }
            ByteWriter.write(number, digits: length, to: target)
            return length
        }
    }

    /// Appends `number` in decimal, a negative one with its sign.
    public mutating func append(decimal number: Int) {
        if number < 0 { self.append(UInt8(ascii: "-")) }
        self.append(decimal: UInt64(number.magnitude))
    }

    /// Appends the lowest `digits` decimal digits of `number`, zeros included.
    public mutating func append(decimal number: UInt64, digits: Int) {
        self.withRoom(digits) { target in
            ByteWriter.write(number, digits: digits, to: target)
            return digits
        }
    }

    @inline(__always)
    private static func write(_ number: UInt64, digits: Int, to target: UnsafeMutablePointer<UInt8>) {
        var rest = number
        var index = digits
        while index > 0 {
            index -= 1
            let next = rest / 10
            target[index] = UInt8(truncatingIfNeeded: rest &- next &* 10) &+ 0x30
            rest = next
        }
    }

    /// Calls `body` with what was written.
    public func withBytes<Result>(_ body: (RawSpan) -> Result) -> Result {
        body(self.storage.span.bytes.extracting(0..<self.count))
    }

    /// Forgets what was written.
    ///
    /// Storage that one long message has blown up is given back.
    public mutating func removeAll() {
        self.count = 0
        if self.storage.count > 1 << 20 { self.storage = [UInt8](repeating: 0, count: 1024) }
    }

    /// The number of columns that octets from `start` on take: one for each scalar.
    func columns(from start: Int) -> Int {
        var columns = 0
        for index in start..<self.count where self.storage[index] & 0xC0 != 0x80 { columns += 1 }
        return columns
    }
}

extension String {
    /// What `body` writes, as text.
    init(rendering body: (inout ByteWriter) -> Void) {
        var writer = ByteWriter(capacity: 64)
        body(&writer)
        self = writer.withBytes { bytes in bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) } }
    }
}
