/// One lexical token of a message: a kind and a range of the message's text. Nothing is copied.
public struct Token: Sendable, Hashable {
    public enum Kind: UInt8, Sendable, Hashable {
        /// An atom, number, flag, sequence set, tag or anything else that ends at a delimiter.
        case atom
        /// A quoted string; the range is between the quotes, escapes are still in it.
        case quoted
        /// A literal; the range holds the octets that are kept in the text.
        case literal
        /// `(`
        case listOpen
        /// `)`
        case listClose
        /// `BODY[...]<...>` and its kin, whole.
        case section
        /// A quoted string that the line's end cut off; the range is what there is.
        case unterminatedQuoted
        /// A `{` or `]` that begins or ends nothing here; one octet.
        case stray
        /// The end of a line; the range holds CR LF or LF.
        case lineEnd
    }

    // Twelve octets, so that a token travels in registers: texts are far below 4 GiB.
    @usableFromInline var offset32: UInt32
    @usableFromInline var length32: UInt32
    public var kind: Kind
    /// A space or the beginning of a line stood before the token.
    public var spaceBefore: Bool

    public var offset: Int {
        @inlinable get { Int(self.offset32) }
        @inlinable set { self.offset32 = UInt32(truncatingIfNeeded: newValue) }
    }

    public var length: Int {
        @inlinable get { Int(self.length32) }
        @inlinable set { self.length32 = UInt32(truncatingIfNeeded: newValue) }
    }

    @inlinable
    public init(kind: Kind, offset: Int, length: Int, spaceBefore: Bool = false) {
        self.offset32 = UInt32(truncatingIfNeeded: offset)
        self.length32 = UInt32(truncatingIfNeeded: length)
        self.kind = kind
        self.spaceBefore = spaceBefore
    }

    /// The range in the text.
    @inlinable
    public var range: Range<Int> { self.offset..<(self.offset + self.length) }

    /// Where the next token may begin: behind this one, and behind the quote that closes a quoted string.
    @inlinable
    public var next: Int { self.offset + self.length + (self.kind == .quoted ? 1 : 0) }
}
