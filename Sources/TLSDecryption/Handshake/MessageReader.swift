/// Reads the fields of a handshake message (RFC 8446 section 3). What is not there is nil, and nothing behind it is read.
struct MessageReader {
    private let octets: [UInt8]
    private var position: Int
    private let end: Int

    init(_ octets: [UInt8]) {
        self.octets = octets
        self.position = 0
        self.end = octets.count
    }

    private init(_ octets: [UInt8], _ range: Range<Int>) {
        self.octets = octets
        self.position = range.lowerBound
        self.end = range.upperBound
    }

    var isAtEnd: Bool { self.position == self.end }
    var rest: [UInt8] { Array(self.octets[self.position..<self.end]) }

    mutating func integer(_ count: Int) -> Int? {
        guard self.end - self.position >= count else { return nil }
        var value = 0
        for _ in 0..<count {
            value = value << 8 | Int(self.octets[self.position])
            self.position += 1
        }
        return value
    }

    mutating func uint16() -> UInt16? { self.integer(2).map { UInt16($0) } }

    mutating func take(_ count: Int) -> [UInt8]? {
        guard self.end - self.position >= count else { return nil }
        defer { self.position += count }
        return Array(self.octets[self.position..<self.position + count])
    }

    /// A vector whose length stands before it in so many octets.
    mutating func vector(_ lengthByteCount: Int) -> MessageReader? {
        guard let count = self.integer(lengthByteCount), self.end - self.position >= count else { return nil }
        defer { self.position += count }
        return MessageReader(self.octets, self.position..<self.position + count)
    }

    /// All that is left, as numbers of two octets.
    mutating func uint16List() -> [UInt16] {
        var list: [UInt16] = []
        while let value = self.uint16() { list.append(value) }
        return list
    }

    /// Extensions: type, then what it says (RFC 8446 section 4.2). A message without any ends here.
    mutating func extensions() -> [HelloExtension]? {
        guard !self.isAtEnd else { return [] }
        guard var list = self.vector(2) else { return nil }
        var extensions: [HelloExtension] = []
        while !list.isAtEnd {
            guard let type = list.uint16(), let content = list.vector(2) else { return nil }
            extensions.append(HelloExtension(type: type, content: content))
        }
        return extensions
    }
}

/// An extension of a hello.
struct HelloExtension {
    var type: UInt16
    var content: MessageReader
}
