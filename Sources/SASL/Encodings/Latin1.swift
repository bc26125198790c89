/// ISO 8859-1, the character set before UTF-8.
enum Latin1 {
    /// UTF-8 octets in ISO 8859-1; nil if they are no UTF-8 or do not fit.
    static func octets(_ text: [UInt8]) -> [UInt8]? {
        var octets: [UInt8] = []
        octets.reserveCapacity(text.count)
        var decoder = UTF8()
        var source = text.makeIterator()
        while true {
            switch decoder.decode(&source) {
            case .scalarValue(let scalar):
                guard scalar.value < 0x100 else { return nil }
                octets.append(UInt8(truncatingIfNeeded: scalar.value))
            case .emptyInput: return octets
            case .error: return nil
            }
        }
    }
}
