import IMAPProtocol
import IMAPWire
import Traffic

/// Looks for a line that can only be a command in octets of a client that cannot be attributed.
///
/// Memory is bounded: a line that is longer than ``maximumLine`` is no candidate, the next one is.
struct CommandSearch {
    private static let maximumLine = 512

    /// The line in progress, or nothing while it is not known where it began or it is too long.
    private(set) var line: [UInt8] = []
    private var isCandidate = false

    /// Octets that are kept because they may become a command.
    var kept: Int { self.line.count }

    enum Outcome {
        /// All octets were read; so many of them and of earlier ones are no command's.
        case notFound(discarded: Int)
        /// A command line was found: it is ``line``. It ends at `cursor`; so many octets before it are no command's.
        case found(cursor: Int, discarded: Int)
    }

    /// - Parameter mayFind: false while the server's answer is due that decides what lines mean.
    mutating func read(_ bytes: RawSpan, mayFind: Bool, tokenizer: inout Tokenizer) -> Outcome {
        var discarded = 0
        for index in 0..<bytes.byteCount {
            let octet = bytes[index]
            if self.isCandidate {
                self.line.append(octet)
                if self.line.count > Self.maximumLine {
                    discarded += self.line.count
                    self.reset(isCandidate: false)
                }
            } else {
                discarded += 1
            }
            guard octet == 0x0A else { continue }
            if self.isCandidate, mayFind, Self.isCommand(self.line.span.bytes, &tokenizer) {
                return .found(cursor: index + 1, discarded: discarded)
            }
            discarded += self.line.count
            self.reset(isCandidate: true)
        }
        return .notFound(discarded: discarded)
    }

    private mutating func reset(isCandidate: Bool) {
        self.line.removeAll(keepingCapacity: true)
        self.isCandidate = isCandidate
    }

    /// `tag SP name` with a tag of the usual letters and a name that is known.
    static func isCommand(_ text: RawSpan, _ tokenizer: inout Tokenizer) -> Bool {
        guard let head = CommandHead(text, tokenizer: &tokenizer), head.command != nil, head.tag.lowerBound == 0 else {
            return false
        }
        for index in head.tag {
            let octet = text[index]
            let isUsual =
                octet &- 0x30 < 10 || (octet & 0xDF) &- 0x41 < 26 || octet == UInt8(ascii: ".")
                || octet == UInt8(ascii: "-") || octet == UInt8(ascii: "_")
            if !isUsual { return false }
        }
        return true
    }
}
