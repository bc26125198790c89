import Traffic

/// What a unit of an interface's time stamps is (draft-ietf-opsawg-pcapng section 4.2, if_tsresol).
enum TimeResolution: Sendable, Hashable {
    /// Units of 10^-n seconds.
    case decimal(Int)
    /// Units of 2^-n seconds.
    case binary(Int)

    static let microseconds = TimeResolution.decimal(6)

    init(_ octet: UInt8) {
        let exponent = Int(octet & 0x7F)
        self = octet & 0x80 == 0 ? .decimal(exponent) : .binary(exponent)
    }

    /// The time of `units`; times that no `Timestamp` can hold are cut to its ends.
    func time(_ units: UInt64, offset: Int64) -> Timestamp {
        let (seconds, nanoseconds) = self.split(units)
        let limit: Int64 = 9_000_000_000
        let sum = Int64(clamping: seconds).addingReportingOverflow(offset)
        let whole = sum.overflow ? (offset < 0 ? -limit : limit) : min(max(sum.partialValue, -limit), limit)
        return Timestamp(seconds: whole, nanoseconds: nanoseconds)
    }

    private func split(_ units: UInt64) -> (seconds: UInt64, nanoseconds: Int64) {
        switch self {
        case .decimal(let exponent):
            guard exponent <= 19 else { return (0, 0) }
            let perSecond = (0..<exponent).reduce(UInt64(1)) { value, _ in value * 10 }
            let rest = units % perSecond
            let nanoseconds = exponent <= 9 ? rest * (1_000_000_000 / perSecond) : rest / (perSecond / 1_000_000_000)
            return (units / perSecond, Int64(nanoseconds))
        case .binary(let exponent):
            guard exponent <= 63 else { return (0, 0) }
            let rest = units & ((1 << UInt64(exponent)) - 1)
            let (high, low) = rest.multipliedFullWidth(by: 1_000_000_000)
            let nanoseconds = exponent == 0 ? 0 : high << UInt64(64 - exponent) | low >> UInt64(exponent)
            return (units >> UInt64(exponent), Int64(nanoseconds))
        }
    }
}
