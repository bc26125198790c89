import IMAPProtocol
import IMAPSession

struct RepetitiveCommands: Check {
    static let description = CheckDescription(
        id: "P18",
        name: "repetitive-commands",
        severity: .info,
        reference: "RFC 9051 section 6.4.5, RFC 2177 section 1",
        summary: "the client asks for one thing at a time, or again and again",
        rationale:
            "Each command costs a way to the server and back: what one command could ask for takes minutes over a slow line.",
        remedy: "Ask for many messages in one FETCH, keep the mailbox open, and wait with IDLE or NOTIFY."
    )
    static let moments: Moments = .command

    private var singles = 0
    private var capabilities = 0
    private var polls = 0
    private var sawIDLE = false
    private var openings: [String: Int] = [:]

    mutating func look(at moment: Moment, _ audit: Audit) {
        guard case .command(let message) = moment, let command = message.command else { return }
        if command == .fetch {
            self.singles = Self.namesOne(audit.text, from: message.arguments) ? self.singles + 1 : 0
            if self.singles == Self.singleLimit {
                audit.report("\(self.singles) FETCH commands in a row name one message each", blame: .client)
            }
            return
        }
        self.singles = 0
        switch command {
        case .idle, .notify: self.sawIDLE = true
        case .capability:
            self.capabilities += 1
            if self.capabilities == Self.capabilityLimit {
                audit.report("CAPABILITY was asked for \(self.capabilities) times", blame: .client)
            }
        case .select, .examine:
            let name = audit.words(message.arguments..<audit.text.count).trimmedLine
            guard self.openings[name] != nil || self.openings.count < Self.mailboxLimit else { return }
            self.openings[name, default: 0] += 1
            if self.openings[name] == Self.openingLimit {
                audit.report("\(name.cited) was opened \(Self.openingLimit) times", blame: .client)
            }
        case .noop, .check, .status:
            self.polls += command == .status ? 0 : 1
            if self.polls == Self.pollLimit, !self.sawIDLE, audit.session.offered("IDLE") {
                audit.report("\(self.polls) times NOOP, and IDLE, which the server offers, never", blame: .client)
            }
        default: break
        }
    }

    private static let singleLimit = 20
    private static let capabilityLimit = 4
    private static let openingLimit = 5
    private static let pollLimit = 10
    private static let mailboxLimit = 256

    /// Whether the set is a single number.
    private static func namesOne(_ text: [UInt8], from start: Int) -> Bool {
        guard start < text.count else { return false }
        var index = start
        while index < text.count, text[index] == 0x20 { index += 1 }
        let first = index
        while index < text.count, text[index] &- 0x30 < 10 { index += 1 }
        return index > first && index < text.count && text[index] == 0x20
    }
}
