import IMAPSession
import Testing

/// What a session says of a broken promise, and that it says nothing where none is broken.
struct Promise: Sendable, CustomTestStringConvertible {
    var name: String
    /// Played after a login and, where `selected`, a SELECT of INBOX with 5 messages.
    var steps: [Step]
    var findings: [String]
    var selected = true
    var testDescription: String { self.name }

    init(_ name: String, _ steps: [Step], _ findings: [String] = [], selected: Bool = true) {
        self.name = name
        self.steps = steps
        self.findings = findings
        self.selected = selected
    }

    static let selection: [Step] = [
        .c("s SELECT INBOX|"),
        .s("* FLAGS (\\Seen \\Deleted $x)|* 5 EXISTS|* 0 RECENT|* OK [PERMANENTFLAGS (\\Seen \\Deleted $x)] ok|"),
        .s("* OK [UIDVALIDITY 7] ok|* OK [UIDNEXT 60] ok|* OK [HIGHESTMODSEQ 90] ok|s OK [READ-WRITE] ok|"),
    ]

    var play: [Step] { [.s("* PREAUTH hi|")] + (self.selected ? Self.selection : []) + self.steps }
}
