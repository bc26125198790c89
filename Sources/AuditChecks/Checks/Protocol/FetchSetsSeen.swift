import IMAPProtocol
import IMAPSession

struct FetchSetsSeen: Check {
    static let description = CheckDescription(
        id: "P16",
        name: "fetch-sets-seen",
        severity: .info,
        reference: "RFC 9051 section 6.4.5",
        summary: "FETCH without PEEK marks what it reads as seen",
        rationale: "A program that only looks through mail takes the mark of what is new away from its user.",
        remedy: "Ask for BODY.PEEK[] and BINARY.PEEK[], or open the mailbox by EXAMINE."
    )
    static let moments: Moments = .command

    private var isReadOnly = false

    mutating func look(at moment: Moment, _ audit: Audit) {
        guard case .command(let message) = moment else { return }
        switch message.command {
        case .select: self.isReadOnly = false
        case .examine: self.isReadOnly = true
        case .fetch:
            guard !self.isReadOnly, let item = Self.item(audit.text, from: message.arguments) else { return }
            audit.report("\(item) sets \\Seen on every message it names", blame: .client)
        default: return
        }
    }

    /// The first item that sets the flag.
    private static func item(_ text: [UInt8], from start: Int) -> String? {
        guard start < text.count else { return nil }
        for word in text[start...].split(whereSeparator: { [0x20, 0x28, 0x29, 0x0D, 0x0A].contains($0) }) {
            let name = String(decoding: word.prefix(13), as: UTF8.self).uppercased()
            if name.hasPrefix("BODY[") { return "BODY[]" }
            if name.hasPrefix("BINARY[") { return "BINARY[]" }
            if word.count <= 11, name == "RFC822" || name == "RFC822.TEXT" { return name }
        }
        return nil
    }
}
