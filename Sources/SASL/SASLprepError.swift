import CIDN

/// Why a text has no prepared form under RFC 4013.
///
/// It never holds any of the text.
public enum SASLprepError: Error, Sendable, Hashable {
    case notUTF8
    /// RFC 4013 section 2.3: a control character, a private-use code point and the like.
    case prohibitedCharacter
    /// RFC 3454 section 6: left-to-right and right-to-left characters are mixed in a forbidden way.
    case bidirectionalText
    /// RFC 4013 section 2.5: a code point that Unicode 3.2 does not have, in a stored string.
    case unassignedCodePoint
    /// libidn could not work, for instance for want of memory.
    case failed(code: Int32)

    init(code: Int32) {
        switch Stringprep_rc(rawValue: UInt32(bitPattern: code)) {
        case STRINGPREP_CONTAINS_UNASSIGNED: self = .unassignedCodePoint
        case STRINGPREP_CONTAINS_PROHIBITED: self = .prohibitedCharacter
        case STRINGPREP_BIDI_BOTH_L_AND_RAL, STRINGPREP_BIDI_LEADTRAIL_NOT_RAL, STRINGPREP_BIDI_CONTAINS_PROHIBITED:
            self = .bidirectionalText
        default: self = .failed(code: code)
        }
    }
}

extension SASLprepError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notUTF8: "not UTF-8"
        case .prohibitedCharacter: "contains a character that SASLprep prohibits (RFC 4013 section 2.3)"
        case .bidirectionalText: "mixes text directions in a way that SASLprep forbids (RFC 4013 section 2.4)"
        case .unassignedCodePoint: "contains a code point unassigned in Unicode 3.2 (RFC 4013 section 2.5)"
        case .failed(let code): "SASLprep failed with libidn code \(code)"
        }
    }
}
