import IMAPProtocol
import IMAPWire
import Traffic

/// Where a response holds a capability list: `* CAPABILITY ...`, or the `[CAPABILITY ...]` code of a status response
/// (greeting, tagged or untagged; RFC 3501 sections 7.1 and 7.2.1).
enum CapabilityLine {
    /// The range of the list in the text of a response, without the word CAPABILITY and the space after it.
    static func list(in text: RawSpan) -> Range<Int>? {
        let line = ResponseHead(text)
        let end = ResponseHead.contentEnd(text)
        if line.kind == .untagged, line.response == .capability {
            return line.arguments..<max(line.arguments, end)
        }
        guard line.status != nil else { return nil }
        let start = line.arguments
        let word = "[CAPABILITY "
        guard end - start > word.utf8.count,
            text.matches(start..<(start + word.utf8.count), "[CAPABILITY ")
        else { return nil }
        let first = start + word.utf8.count
        var index = first
        while index < end, text[index] != UInt8(ascii: "]") { index += 1 }
        return index < end ? first..<index : nil
    }

    /// Whether `tail`, the beginning of a response, can still become one that holds a list.
    static func canBegin(with tail: RawSpan) -> Bool {
        var prefix = PrefixReader(tail)
        prefix.skipPadding()
        let first: PrefixReader.Word = prefix.word()
        guard case .complete(let tag) = first else { return first == .open }
        if tail.matches(tag, "+") { return false }
        prefix.skipSpaces()
        if prefix.isAtEnd { return true }
        let isUntagged = tail.matches(tag, "*")
        let second = prefix.position
        if isUntagged, prefix.canRead("CAPABILITY") { return true }
        prefix.position = second
        if prefix.canRead("[CAPABILITY") { return isUntagged }
        let statuses: [StaticString] = isUntagged ? ["OK", "NO", "BAD", "BYE", "PREAUTH"] : ["OK", "NO", "BAD"]
        for status in statuses {
            prefix.position = second
            guard prefix.canRead(status) else { continue }
            if prefix.isAtEnd { return true }
            guard prefix.isAtSpace else { continue }
            prefix.skipSpaces()
            return prefix.isAtEnd || prefix.canRead("[CAPABILITY")
        }
        return false
    }
}

/// Whether the beginning of a command can still become one that imapscope answers.
enum RefusedCommandLine {
    /// - Parameter orOneWord: whether a line of a single word counts too; it may be a credential.
    static func canBegin(with tail: RawSpan, _ commands: [Command], orOneWord: Bool = false) -> Bool {
        guard !commands.isEmpty else { return false }
        var prefix = PrefixReader(tail)
        prefix.skipPadding()
        let tag = prefix.word()
        guard case .complete = tag else { return tag == .open || orOneWord }
        prefix.skipSpaces()
        if prefix.isAtEnd { return true }
        let start = prefix.position
        for command in commands {
            prefix.position = start
            if prefix.canRead(command.rawValue), prefix.isAtEnd || !prefix.isInWord { return true }
        }
        return false
    }
}

/// Reads the beginning of a line that may go on.
struct PrefixReader {
    enum Word: Hashable {
        /// A space follows.
        case complete(Range<Int>)
        /// The octets end inside the word.
        case open
        /// No tag: the line ends, or a control character stands in it.
        case none
    }

    /// Longer tags are in no use; waiting for the end of one would hold whatever comes.
    private static let longestTag = 512

    private let bytes: [UInt8]
    var position = 0

    init(_ tail: RawSpan) {
        let count = min(tail.byteCount, Self.longestTag + 64)
        self.bytes = tail.extracting(0..<count).withUnsafeBytes { Array($0) }
    }

    var isAtEnd: Bool { self.position >= self.bytes.count }
    var isAtSpace: Bool { !self.isAtEnd && self.bytes[self.position] == 0x20 }
    var isInWord: Bool { !self.isAtEnd && self.bytes[self.position] > 0x20 && self.bytes[self.position] != 0x7F }

    mutating func skipSpaces() {
        while self.isAtSpace { self.position += 1 }
    }

    mutating func skipPadding() {
        while !self.isAtEnd, self.bytes[self.position] == 0x20 || self.bytes[self.position] == 0 { self.position += 1 }
    }

    mutating func word() -> Word {
        let start = self.position
        while self.isInWord { self.position += 1 }
        if self.isAtEnd { return self.position - start > Self.longestTag ? .none : .open }
        return self.isAtSpace && self.position > start ? .complete(start..<self.position) : .none
    }

    /// Reads `word`, whatever its case; true also when the octets end inside it.
    mutating func canRead(_ word: some CustomStringConvertible) -> Bool {
        for expected in word.description.utf8 {
            if self.isAtEnd { return true }
            var octet = self.bytes[self.position]
            if octet &- 0x61 < 26 { octet &-= 0x20 }
            if octet != expected { return false }
            self.position += 1
        }
        return true
    }
}
