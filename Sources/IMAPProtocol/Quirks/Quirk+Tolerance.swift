/// The grammar's tolerances and the quirks they belong to: two views of one deviation.
extension Tolerance {
    /// The named quirk that a tolerated deviation is an instance of; nil when no software is known for it.
    public var quirk: Quirk? {
        switch self {
        case .extraSpace: .doubleSpace
        case .trailingSpace: .trailingSpace
        case .spaceInList: .spaceBeforeParenthesis
        case .spaceBetweenAddresses: .spaceBetweenAddresses
        case .emptyListForNil: .emptyListForNil
        case .unescapedQuote: .quoteInQuoted
        case .controlInAtom: .unquotedControl
        case .unquotedSpace: .unquotedSpace
        case .unescapedBackslash: .backslashDelimiter
        case .invalidModifiedUTF7: .brokenUTF7
        case .nilForNumber: .nilForNumber
        case .negativeNumber: .negativeNumber
        case .floatingNumber: .fractionForNumber
        case .zeroNumber: .zeroForPositive
        case .emptyList: .emptyFetch
        case .extraParentheses: .doubledParentheses
        case .missingField: .shortEnvelope
        case .missingValue: .sectionWithoutValue
        case .missingText: .missingStatusText
        case .missingStatus: .missingStatusWord
        case .missingArguments: .incompleteUIDCode
        case .badDate: .malformedDate
        case .missingLines: .textWithoutLines
        case .messageAsBasicPart: .messageWithoutEnvelope
        case .multipartWithoutParts: .multipartWithoutParts
        case .bareDisposition: .dispositionNotParenthesised
        case .nilForString: .nilEncoding
        case .specialInAtom: .bracketInFlag
        case .eightBitWithoutUTF8: Quirk.named("eight-bit")
        case .missingSpace, .atomForString, .quotedAtom, .invalidUTF8, .invalidBase64, .quotedNumber, .leadingZero,
            .numberOutOfRange, .nilForList, .bareListMember, .partialLengthInAnswer, .emptyBody,
            .optionsBehindMailbox:
            nil
        }
    }
}
