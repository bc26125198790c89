/// One comparison of a filter, its operand in the form in which values are compared.
///
/// A class, because a filter is asked millions of times and its parts should not be copied for it.
final class Test: Sendable {
    enum Operand: Sendable {
        /// Octets; with `folded` in ASCII capitals, and case does not matter.
        case equals([UInt8], folded: Bool)
        case contains([UInt8], folded: Bool)
        case matches(RegularExpression)
        /// Every number from the first to the last.
        case within(Int64, Int64)
        case boolean(Bool)
        case network(AddressRange)
        /// Whether there is a value at all.
        case present
    }

    let field: Field
    let operand: Operand
    /// `!=`: there are values, and none of them fits.
    let isNegated: Bool

    init(field: Field, operand: Operand, isNegated: Bool = false) {
        self.field = field
        self.operand = operand
        self.isNegated = isNegated
    }

    func evaluate(_ facts: SessionFacts) -> Truth {
        let found = self.field.any(facts) { self.fits($0, facts) }
        guard self.isNegated else { return found }
        switch found {
        case .yes: return .no
        case .unknown: return .unknown
        case .no: return self.field.any(facts) { _ in true }
        }
    }

    /// Octets that stand in the text of every message that it holds for, in ASCII capitals; nil when there are none that can
    /// be told.
    var needle: [UInt8]? {
        guard self.field.isVerbatim, !self.isNegated else { return nil }
        switch self.operand {
        case .equals(let octets, _), .contains(let octets, _):
            // What is masked is stars for the filter, and something else in the message.
            guard !octets.contains(UInt8(ascii: "*")) else { return nil }
            return octets.map { $0 &- 0x61 < 26 ? $0 &- 0x20 : $0 }
        case .matches, .within, .boolean, .network, .present: return nil
        }
    }

    private func fits(_ value: FactValue, _ facts: SessionFacts) -> Bool {
        switch self.operand {
        case .present: return true
        case .boolean(let wanted):
            if case .boolean(let is_) = value { return is_ == wanted }
            return false
        case .within(let low, let high):
            switch value {
            case .number(let number): return low <= number && number <= high
            case .span(let first, let last): return first <= high && low <= last
            case .octets, .text, .boolean, .address: return false
            }
        case .network(let range):
            if case .address(_, let address?) = value { return range.contains(address) }
            return false
        case .equals(let wanted, let folded):
            return value.withOctets { $0.count == wanted.count && Self.stands(wanted, $0, at: 0, folded) } ?? false
        case .contains(let wanted, let folded):
            return value.withOctets { Self.contains($0, wanted, folded) } ?? false
        case .matches(let expression):
            return value.withOctets { octets in
                switch expression.search(octets) {
                case .found: return true
                case .notFound: return false
                case .gaveUp:
                    facts.abandonedSearches += 1
                    return false
                }
            } ?? false
        }
    }

    /// Whether `wanted` stands at `position`, where there is room for it.
    @inline(__always)
    private static func stands(
        _ wanted: [UInt8],
        _ octets: UnsafeRawBufferPointer,
        at position: Int,
        _ folded: Bool
    ) -> Bool {
        for index in 0..<wanted.count {
            var octet = octets[position + index]
            if folded, octet &- 0x61 < 26 { octet &-= 0x20 }
            if octet != wanted[index] { return false }
        }
        return true
    }

    private static func contains(_ octets: UnsafeRawBufferPointer, _ wanted: [UInt8], _ folded: Bool) -> Bool {
        guard octets.count >= wanted.count else { return false }
        for position in 0...(octets.count - wanted.count)
        where Self.stands(wanted, octets, at: position, folded) { return true }
        return false
    }
}

extension String {
    /// UTF-8, its ASCII letters in capitals.
    var folded: [UInt8] { self.utf8.map { $0 &- 0x61 < 26 ? $0 &- 0x20 : $0 } }
}
