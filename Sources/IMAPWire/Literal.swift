import Traffic

/// How a literal was announced (RFC 3501 section 4.3, RFC 7888, RFC 3516).
public struct LiteralForm: Sendable, Hashable {
    /// `{n+}`: the sender does not wait for a continuation request.
    public var nonSynchronizing: Bool
    /// `~{n}`: a literal8, which may hold NUL.
    public var binary: Bool

    public init(nonSynchronizing: Bool = false, binary: Bool = false) {
        self.nonSynchronizing = nonSynchronizing
        self.binary = binary
    }
}

/// One literal of a message.
public struct LiteralRecord: Sendable, Hashable {
    /// Offset of the first literal octet in the stream of its direction.
    public var offset: UInt64
    /// The announced number of octets.
    public var size: UInt64
    public var form: LiteralForm
    /// Where the kept octets begin in the message's text.
    public var textOffset: Int
    /// How many of its octets have been seen; less than `size` only in a message that broke off or was refused.
    public var received: UInt64
    /// How many of those received the source does not have.
    public var missing: UInt64 = 0
    /// The last two octets seen, the later one in the low half: tells whether the content ends in CR LF.
    public var lastOctets: UInt16 = 0

    public init(offset: UInt64, size: UInt64, form: LiteralForm, textOffset: Int, received: UInt64) {
        self.offset = offset
        self.size = size
        self.form = form
        self.textOffset = textOffset
        self.received = received
    }
}

/// What the end of a line says about a literal.
public enum LiteralSuffix: Sendable, Hashable {
    case none
    /// - Parameters:
    ///   - length: octets of the announcement, from `{` or `~` to `}`.
    case literal(size: UInt64, form: LiteralForm, zeroPadded: Bool, length: Int)
    /// The digits do not fit 63 bits.
    case overflow

    /// Reads the announcement at the end of `line`, which has no line end any more.
    public static func read(atEndOf line: RawSpan) -> LiteralSuffix {
        let count = line.byteCount
        guard count >= 3, line[count - 1] == UInt8(ascii: "}") else { return .none }
        var index = count - 2
        var form = LiteralForm()
        if line[index] == UInt8(ascii: "+") {
            form.nonSynchronizing = true
            index -= 1
        }
        let lastDigit = index
        var size: UInt64 = 0
        var scale: UInt64 = 1
        var overflow = false
        while index >= 0, line[index] >= UInt8(ascii: "0"), line[index] <= UInt8(ascii: "9") {
            let digit = UInt64(line[index] - UInt8(ascii: "0"))
            if digit != 0 {
                let (product, high) = digit.multipliedReportingOverflow(by: scale)
                let (sum, carry) = size.addingReportingOverflow(product)
                if high || carry || scale == 0 || sum > UInt64(Int64.max) { overflow = true } else { size = sum }
            }
            // 0 marks "beyond 64 bits": leading zeros may follow for ever, any other digit overflows.
            scale = scale.multipliedReportingOverflow(by: 10).overflow ? 0 : scale * 10
            index -= 1
        }
        guard index >= 0, index < lastDigit, line[index] == UInt8(ascii: "{") else { return .none }
        if overflow { return .overflow }
        let zeroPadded = lastDigit - index > 1 && line[index + 1] == UInt8(ascii: "0")
        if index > 0, line[index - 1] == UInt8(ascii: "~") {
            form.binary = true
            index -= 1
        }
        return .literal(size: size, form: form, zeroPadded: zeroPadded, length: count - index)
    }
}
