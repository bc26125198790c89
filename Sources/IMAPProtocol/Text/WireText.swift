import Traffic

/// Text from the wire made fit for a terminal: valid UTF-8 is kept, line ends become `↵`, ASCII controls and other octets
/// `\xNN`, and other characters that control a terminal or reorder a line `\u{..}`, all as in the lines of a transcript.
public enum WireText {
    /// The octets of `range` as harmless text of at most `limit` characters, then `…`.
    public static func show(_ text: RawSpan, _ range: Range<Int>, limit: Int = .max) -> String {
        var result = ""
        WireText.scalars(text, range, unescape: false, limit: limit) { result.unicodeScalars.append($0) }
        return result
    }

    /// Decoded text made harmless.
    public static func show(_ text: String, limit: Int = .max) -> String {
        var result = ""
        WireText.scalars(text, limit: limit) { result.unicodeScalars.append($0) }
        return result
    }

    /// Writes the octets of `range` as harmless text; short printable ASCII, which is nearly everything, in one step.
    static func write(_ text: RawSpan, _ range: Range<Int>, unescape: Bool, limit: Int, to prose: inout Prose) {
        let range = range.clamped(to: 0..<text.byteCount)
        var isPlain = range.count <= limit
        if isPlain {
            for index in range {
                let octet = text[index]
                if octet &- 0x20 >= 0x5F || (unescape && octet == UInt8(ascii: "\\")) {
                    isPlain = false
                    break
                }
            }
        }
        if isPlain {
            prose.append(text, printable: range)
        } else {
            WireText.scalars(text, range, unescape: unescape, limit: limit) { prose.append($0) }
        }
    }

    /// Hands on the harmless scalars of `range`; with `unescape`, a backslash before `"` or `\` is dropped (RFC 3501
    /// section 9, quoted).
    static func scalars(
        _ text: RawSpan,
        _ range: Range<Int>,
        unescape: Bool,
        limit: Int,
        _ body: (Unicode.Scalar) -> Void
    ) {
        let range = range.clamped(to: 0..<text.byteCount)
        var index = range.lowerBound
        var shown = 0
        while index < range.upperBound {
            if shown >= limit {
                body("…")
                return
            }
            shown += 1
            let octet = text[index]
            if octet == UInt8(ascii: "\\"), unescape, index + 1 < range.upperBound {
                let escaped = text[index + 1]
                if escaped == UInt8(ascii: "\"") || escaped == UInt8(ascii: "\\") { index += 1 }
            }
            if octet == 0x0D, index + 1 < range.upperBound, text[index + 1] == 0x0A {
                body("↵")
                index += 2
            } else if let scalar = WireText.scalar(text, &index, range.upperBound) {
                WireText.harmless(scalar, body)
            } else {
                WireText.octet(text[index], body)
                index += 1
            }
        }
    }

    /// Hands on the harmless scalars of decoded text.
    static func scalars(_ text: String, limit: Int, _ body: (Unicode.Scalar) -> Void) {
        var shown = 0
        var scalars = text.unicodeScalars[...]
        while let scalar = scalars.popFirst() {
            if shown >= limit {
                body("…")
                return
            }
            // The line feed of a CR LF is the whole line end.
            if scalar == "\r", scalars.first == "\n" { continue }
            shown += 1
            WireText.harmless(scalar, body)
        }
    }

    /// The UTF-8 scalar at `index`, which moves behind it; nil, and `index` stays, when there is no valid one
    /// (RFC 3629 section 4).
    static func scalar(_ text: RawSpan, _ index: inout Int, _ end: Int) -> Unicode.Scalar? {
        let first = text[index]
        if first < 0x80 {
            index += 1
            return Unicode.Scalar(first)
        }
        let length: Int
        var value: UInt32
        let least: UInt32
        switch first {
        case 0xC2...0xDF: (length, value, least) = (2, UInt32(first & 0x1F), 0x80)
        case 0xE0...0xEF: (length, value, least) = (3, UInt32(first & 0x0F), 0x800)
        case 0xF0...0xF4: (length, value, least) = (4, UInt32(first & 0x07), 0x10000)
        default: return nil
        }
        guard length <= end - index else { return nil }
        for offset in 1..<length {
            let octet = text[index + offset]
            guard octet & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(octet & 0x3F)
        }
        guard value >= least, let scalar = Unicode.Scalar(value) else { return nil }
        index += length
        return scalar
    }

    private static func octet(_ octet: UInt8, _ body: (Unicode.Scalar) -> Void) {
        body("\\")
        body("x")
        body(WireText.hexadecimal(octet >> 4))
        body(WireText.hexadecimal(octet & 15))
    }

    private static func harmless(_ scalar: Unicode.Scalar, _ body: (Unicode.Scalar) -> Void) {
        if scalar.value >= 0x20, scalar.value < 0x7F || !WireText.isHostile(scalar) {
            body(scalar)
            return
        }
        if scalar == "\n" {
            body("↵")
            return
        }
        if scalar.isASCII {
            WireText.octet(UInt8(truncatingIfNeeded: scalar.value), body)
            return
        }
        body("\\")
        body("u")
        body("{")
        var shift = 28
        while shift > 0, scalar.value >> UInt32(shift) == 0 { shift -= 4 }
        while shift >= 0 {
            body(WireText.hexadecimal(UInt8(truncatingIfNeeded: scalar.value >> UInt32(shift)) & 15))
            shift -= 4
        }
        body("}")
    }

    /// Controls, line and paragraph separators, invisible formatting (bidirectional overrides among it), and what is
    /// no character.
    ///
    /// The joiners U+200C and U+200D are spelling in many scripts and stay.
    private static func isHostile(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value == 0x200C || scalar.value == 0x200D { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: return true
        default: return false
        }
    }

    private static func hexadecimal(_ nibble: UInt8) -> Unicode.Scalar {
        Unicode.Scalar(nibble < 10 ? 0x30 + nibble : 0x37 + nibble)
    }
}
