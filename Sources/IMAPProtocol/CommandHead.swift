public import IMAPWire
import Traffic

/// The head of a command: what stands before its arguments.
public struct CommandHead: Sendable, Hashable {
    /// The tag, a range of the text.
    public var tag: Range<Int>
    /// The name; for `UID FETCH` from the `U` to the `H`. Empty when the line is a tag only.
    public var name: Range<Int>
    public var command: Command?
    /// The command stood behind the word UID.
    public var isUID: Bool
    /// Where the arguments begin.
    public var arguments: Int

    /// Reads `tag SP ["UID" SP] name` at the beginning of `text`; nil when there is not even a tag.
    public init?(_ text: RawSpan, tokenizer: inout Tokenizer) {
        tokenizer.reset(to: CommandHead.skipPadding(text))
        guard let tag = tokenizer.next(in: text), tag.kind == .atom else { return nil }
        self.tag = tag.range
        self.isUID = false
        self.command = nil
        guard let name = tokenizer.next(in: text), name.kind == .atom, name.spaceBefore else {
            self.name = tag.range.upperBound..<tag.range.upperBound
            self.arguments = tag.range.upperBound
            return
        }
        self.name = name.range
        self.arguments = tokenizer.position
        if text.matches(name.range, "UID") {
            self.isUID = true
            let position = tokenizer.position
            if let second = tokenizer.next(in: text), second.kind == .atom {
                self.name = name.offset..<second.range.upperBound
                self.arguments = tokenizer.position
                self.command = Command(text, second.range)
            } else {
                tokenizer.reset(to: position)
            }
        } else {
            self.command = Command(text, name.range)
        }
    }

    /// The index of the first octet that is neither NUL nor a space.
    public static func skipPadding(_ text: RawSpan) -> Int {
        var index = 0
        while index < text.byteCount, text[index] == 0 || text[index] == 0x20 { index += 1 }
        return index
    }
}
