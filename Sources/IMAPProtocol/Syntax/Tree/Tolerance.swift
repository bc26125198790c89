/// A deviation from the grammar that real servers and clients are known for. It is understood as meant and marked.
public enum Tolerance: UInt8, Sendable, Hashable, CaseIterable {
    // Spacing
    case extraSpace
    case trailingSpace
    case spaceInList
    case missingSpace
    case spaceBetweenAddresses
    // Strings
    case nilForString
    case atomForString
    case emptyListForNil
    case unescapedQuote
    case unescapedBackslash
    case unquotedSpace
    case specialInAtom
    case controlInAtom
    case quotedAtom
    case invalidUTF8
    case eightBitWithoutUTF8
    case invalidModifiedUTF7
    case invalidBase64
    // Numbers
    case quotedNumber
    case nilForNumber
    case negativeNumber
    case floatingNumber
    case zeroNumber
    case leadingZero
    case numberOutOfRange
    // Lists
    case nilForList
    case bareListMember
    case emptyList
    case extraParentheses
    // Data items
    case missingField
    case missingValue
    case missingText
    case missingStatus
    case missingArguments
    case badDate
    case partialLengthInAnswer
    // Body structures
    case missingLines
    case messageAsBasicPart
    case multipartWithoutParts
    case bareDisposition
    case emptyBody
    // Commands
    case optionsBehindMailbox

    /// `extra-space`
    public var name: String { Production.dashed("\(self)") }
}

/// Kinds of accepted deviations.
public struct ToleranceSet: OptionSet, Sendable, Hashable {
    public var rawValue: UInt64
    public init(rawValue: UInt64) { self.rawValue = rawValue }
    public init(_ tolerance: Tolerance) { self.rawValue = 1 << UInt64(tolerance.rawValue) }

    public func contains(_ tolerance: Tolerance) -> Bool { self.contains(ToleranceSet(tolerance)) }
}

/// One accepted deviation.
public struct ToleratedDeviation: Sendable, Hashable {
    public var tolerance: Tolerance
    /// Offset in the message's text.
    public var offset: Int
    /// The production that was expected there; for spacing the one being read.
    public var production: Production

    public init(_ tolerance: Tolerance, offset: Int, production: Production) {
        self.tolerance = tolerance
        self.offset = offset
        self.production = production
    }
}
