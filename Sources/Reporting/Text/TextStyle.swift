import IMAPSession
import Traffic

/// What a piece of text is, which decides its colour.
enum TextRole {
    case client
    case server
    case time
    case note
    case heading
    case finding(Severity)

    init(_ direction: Direction) {
        self = direction == .client ? .client : .server
    }

    /// The SGR sequence (ECMA-48 section 8.3.117).
    var sequence: StaticString {
        switch self {
        case .client: "\u{1B}[33m"
        case .server: "\u{1B}[36m"
        case .time, .note: "\u{1B}[2m"
        case .heading: "\u{1B}[1m"
        case .finding(.info): "\u{1B}[34m"
        case .finding(.low): "\u{1B}[36m"
        case .finding(.medium): "\u{1B}[33m"
        case .finding(.high): "\u{1B}[31m"
        case .finding(.critical): "\u{1B}[1;31m"
        }
    }
}

/// Lines of text with columns and, if wanted, colours.
struct TextPage {
    /// Where text begins: `  0.012 C: `.
    static let textColumn = 11
    /// Where what stands at the right ends.
    static let rightColumn = 104

    var output: ChunkedOutput
    let color: Bool
    /// The number at the beginning of each line, while more than one session is open.
    var session: UInt64?

    /// Where the line begins in the writer, and how many columns of it are colours and take no room.
    private var lineStart = 0
    private var invisible = 0
    private var isColored = false
    /// For what must be measured before it is written.
    private var scratch = ByteWriter(capacity: 64)

    init(_ output: any TranscriptOutput, color: Bool) {
        self.output = ChunkedOutput(output)
        self.color = color
    }

    mutating func append(_ text: StaticString) { self.output.writer.append(text) }

    /// Appends text that may hold octets from the wire.
    mutating func append(escaping text: String) { self.output.writer.append(text, escaped: .terminal) }

    mutating func append(escaping octets: RawSpan) { self.output.writer.append(octets, escaped: .terminal) }

    mutating func write(_ body: (inout ByteWriter) -> Void) { body(&self.output.writer) }

    mutating func role(_ role: TextRole) {
        guard self.color else { return }
        self.output.writer.append(role.sequence)
        self.invisible += role.sequence.utf8CodeUnitCount
        self.isColored = true
    }

    mutating func endRole() {
        guard self.color, self.isColored else { return }
        self.output.writer.append("\u{1B}[0m")
        self.invisible += 4
        self.isColored = false
    }

    mutating func beginLine() {
        self.lineStart = self.output.writer.count
        self.invisible = 0
        guard let session else { return }
        self.output.writer.append(UInt8(ascii: "#"))
        self.output.writer.append(decimal: session)
        self.output.writer.append(UInt8(ascii: " "))
        // The number shifts the whole line, so that it does not change what stands where within it.
        self.invisible = self.output.writer.count - self.lineStart
    }

    /// Begins a line with a time and what speaks: `  0.012 C: `.
    mutating func beginLine(seconds nanoseconds: Int64, mark: StaticString) {
        self.beginLine()
        self.role(.time)
        self.output.writer.append(seconds: nanoseconds, width: 7)
        self.endRole()
        self.output.writer.append(UInt8(ascii: " "))
        self.output.writer.append(mark)
    }

    /// Begins a line that belongs to the one above.
    mutating func beginIndentedLine() {
        self.beginLine()
        self.output.writer.append(UInt8(ascii: " "), times: TextPage.textColumn)
    }

    /// Moves on so that text of `width` columns ends at the right.
    mutating func moveRight(width: Int) {
        let used = self.output.writer.columns(from: self.lineStart) - self.invisible
        self.output.writer.append(UInt8(ascii: " "), times: max(TextPage.rightColumn - width - used, 2))
    }

    /// Appends a duration that ends at the right.
    mutating func append(right nanoseconds: Int64) {
        self.scratch.removeAll()
        self.scratch.append(duration: nanoseconds)
        self.moveRight(width: self.scratch.columns(from: 0))
        self.role(.note)
        self.scratch.withBytes { self.output.writer.append($0) }
    }

    mutating func endLine() {
        self.endRole()
        self.output.writer.append(UInt8(ascii: "\n"))
        self.output.lineEnded()
    }
}
