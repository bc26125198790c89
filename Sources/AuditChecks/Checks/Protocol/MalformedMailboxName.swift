import IMAPProtocol
import IMAPSession
import IMAPWire
import Traffic

struct MalformedMailboxName: Check {
    static let description = CheckDescription(
        id: "P10",
        name: "malformed-mailbox-name",
        severity: .low,
        reference: "RFC 3501 section 5.1.3, RFC 9755 section 3",
        summary: "a mailbox name is not valid modified UTF-7, or has octets above 0x7F",
        rationale: "Two programs turn such a name into different ones, and mail lands in a mailbox that nobody sees.",
        remedy: "Rename the mailbox, and agree on UTF8=ACCEPT where both sides can.",
        adopts: ["broken-modified-utf7"]
    )
    static let moments: Moments = [.command, .notice]

    func look(at moment: Moment, _ audit: Audit) {
        let message: Message
        switch moment {
        case .command(let line), .untagged(let line): message = line
        default: return
        }
        // The session says so where UTF-8 was not agreed on.
        guard message.quirks.contains(.eightBit), Self.namesMailbox(message),
            message.findings.contains(where: { $0.id == "eight-bit" })
        else { return }
        audit.report(
            "a mailbox name has octets above 0x7F, and UTF-8 was not agreed on",
            blame: message.direction == .client ? .client : .server
        )
    }

    private static func namesMailbox(_ message: Message) -> Bool {
        switch message.command {
        case .select, .examine, .create, .delete, .rename, .subscribe, .unsubscribe, .list, .lsub, .status: return true
        default: break
        }
        switch message.response {
        case .list, .lsub, .xlist, .status: return true
        default: return false
        }
    }
}
