/// Why a text is not well-formed base64.
///
/// It holds offsets, never characters: the text may be a password.
public enum Base64Problem: Error, Sendable, Hashable {
    /// The first octet outside the alphabet.
    case badCharacter(offset: Int)
    /// The last group is short and not filled up with `=`.
    case missingPadding
    /// More `=` than the last group needs.
    case excessPadding(offset: Int)
    /// A `=` that is followed by more characters.
    case paddingNotAtEnd(offset: Int)
    /// The last group has a single character, which is less than an octet.
    case incompleteGroup
    /// Bits of the last character that no octet uses are not zero (RFC 4648 section 3.5).
    case nonZeroTrailingBits

    /// Whether the octets decoded all the same can only be the ones meant.
    public var isHarmless: Bool {
        switch self {
        case .missingPadding, .excessPadding, .nonZeroTrailingBits: true
        case .badCharacter, .paddingNotAtEnd, .incompleteGroup: false
        }
    }

    /// What is wrong, without telling where: an offset in a line that carries a password hints at its length.
    public var summary: String {
        switch self {
        case .badCharacter: "base64 contains a character outside its alphabet"
        case .missingPadding: "base64 lacks its padding"
        case .excessPadding: "base64 has more padding than needed"
        case .paddingNotAtEnd: "base64 has = before its end"
        case .incompleteGroup: "base64 ends in the middle of a group"
        case .nonZeroTrailingBits: "base64 has non-zero bits after its last octet"
        }
    }
}

extension Base64Problem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .badCharacter(let offset), .excessPadding(let offset), .paddingNotAtEnd(let offset):
            "\(self.summary), at offset \(offset)"
        case .missingPadding, .incompleteGroup, .nonZeroTrailingBits:
            self.summary
        }
    }
}
