/// The elements of one level of DER (X.690 section 8.1). It does not descend by itself, so depth costs nothing.
struct DERReader {
    struct Element {
        let tag: UInt8
        let content: ArraySlice<UInt8>

        /// The elements within, if they fill it exactly.
        var elements: [Element]? { DERReader.elements(of: self.content) }

        /// The only element within.
        var only: Element? {
            guard let elements = self.elements, elements.count == 1 else { return nil }
            return elements[0]
        }

        /// INTEGER or ENUMERATED of at most four octets.
        var number: Int? {
            guard self.tag == 0x02 || self.tag == 0x0a, (1...4).contains(self.content.count) else { return nil }
            let start = self.content[self.content.startIndex] & 0x80 != 0 ? -1 : 0
            return self.content.reduce(start) { $0 << 8 | Int($1) }
        }

        /// GeneralString and its like, if it is printable ASCII of a length that names have.
        var name: String? {
            guard self.content.count <= 256, self.content.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) else { return nil }
            return String(decoding: self.content, as: UTF8.self)
        }
    }

    private(set) var rest: ArraySlice<UInt8>

    init(_ octets: ArraySlice<UInt8>) {
        self.rest = octets
    }

    /// The next element with a one-octet tag and a definite length; nil at the end and for anything else.
    mutating func next() -> Element? {
        guard let tag = self.rest.first, tag & 0x1f != 0x1f, let first = self.rest.dropFirst().first else { return nil }
        var content = self.rest.dropFirst(2)
        var count = Int(first)
        if first & 0x80 != 0 {
            let octets = Int(first & 0x7f)
            guard (1...4).contains(octets), content.count >= octets else { return nil }
            count = content.prefix(octets).reduce(0) { $0 << 8 | Int($1) }
            content = content.dropFirst(octets)
        }
        guard count <= content.count else { return nil }
        self.rest = content.dropFirst(count)
        return Element(tag: tag, content: content.prefix(count))
    }

    private static let limit = 64

    /// Nil if the octets are not elements to their end.
    static func elements(of octets: ArraySlice<UInt8>) -> [Element]? {
        var reader = DERReader(octets)
        var elements: [Element] = []
        while !reader.rest.isEmpty {
            guard elements.count < self.limit, let element = reader.next() else { return nil }
            elements.append(element)
        }
        return elements
    }
}

extension [DERReader.Element] {
    /// What is within the element with the context tag `[number]`.
    func context(_ number: UInt8) -> DERReader.Element? {
        self.first { $0.tag == 0xa0 | number }?.only
    }
}

/// OBJECT IDENTIFIER, X.690 section 8.19.
enum ObjectIdentifier {
    /// `1.2.840.113554.1.2.2`; nil if it is malformed or absurd.
    static func text(_ content: ArraySlice<UInt8>) -> String? {
        guard !content.isEmpty, content.count <= 32, content.last.map({ $0 & 0x80 == 0 }) == true else { return nil }
        var numbers: [UInt64] = []
        var value: UInt64 = 0
        for octet in content {
            guard value < 1 << 56 else { return nil }
            value = value << 7 | UInt64(octet & 0x7f)
            guard octet & 0x80 == 0 else { continue }
            if numbers.isEmpty {
                let first = min(value / 40, 2)
                numbers = [first, value - 40 * first]
            } else {
                numbers.append(value)
            }
            value = 0
        }
        return numbers.map { String($0) }.joined(separator: ".")
    }
}
