import IMAPSession
import IMAPWire
import Traffic

struct ControlCharacters: Check {
    static let description = CheckDescription(
        id: "P11",
        name: "control-characters",
        severity: .medium,
        reference: "RFC 9051 section 9, RFC 6532 section 3",
        summary: "control characters or marks of text direction stand in a name or a text",
        rationale:
            "Shown as they are they move the cursor, colour or hide what a user reads, and turn one name into the look of another.",
        remedy: "Escape them before they reach a terminal, a log or a window.",
        adopts: ["control-character", "unquoted-control-character"]
    )
    static let moments: Moments = [.greeting, .earlyUntagged, .notice, .completion, .command]

    func look(at moment: Moment, _ audit: Audit) {
        let message: Message
        switch moment {
        case .greeting(let line), .untagged(let line), .completion(let line, _), .command(let line): message = line
        default: return
        }
        // Most lines are ASCII.
        guard message.quirks.contains(.eightBit), message.literals.isEmpty, let mark = Self.mark(audit.text) else {
            return
        }
        audit.report(
            "U+\(String(mark, radix: 16, uppercase: true)), a mark of text direction or of zero width, stands in "
                + (message.direction == .client ? "a command" : "a text of the server"),
            blame: message.direction == .client ? .client : .server
        )
    }

    /// Marks, embeddings and isolates of the Unicode Bidirectional Algorithm (UAX #9), separators, zero-width characters and C1
    /// controls, in UTF-8.
    private static func mark(_ text: [UInt8]) -> UInt32? {
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars where scalar.value > 0x7F {
            switch scalar.value {
            case 0x80...0x9F, 0x61C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060, 0x2066...0x2069, 0xFEFF:
                return scalar.value
            default: continue
            }
        }
        return nil
    }
}
