import IMAPProtocol
import IMAPSession

struct OctetsInjectedIntoString: Check {
    static let description = CheckDescription(
        id: "P02",
        name: "octets-injected-into-string",
        severity: .high,
        reference: "RFC 9051 section 4.3, CVE-2026-42257, CVE-2019-11500",
        summary: "NUL, CR or LF stands where a string or an atom must not hold it",
        rationale:
            "A client that puts what users type between quotes without looking sends commands that nobody meant; a server that stops at NUL reads something else than what was checked.",
        remedy: "Send such values as literals, or refuse them.",
        adopts: ["nul-octet"]
    )
    static let moments: Moments = .command

    func look(at moment: Moment, _ audit: Audit) {
        // Literals hold what they like, and masks stand in for credentials.
        guard case .command(let message) = moment, message.literals.isEmpty, message.secrets.isEmpty, message.complete,
            !message.truncated, audit.text.count < Audit.textLimit, Self.endsInsideQuotes(audit.text)
        else { return }
        audit.report(
            "the line ends inside a quoted string: a CR LF in the value ends the command there, and the next line is "
                + "read as a command",
            blame: .client
        )
    }

    private static func endsInsideQuotes(_ text: [UInt8]) -> Bool {
        var isQuoted = false
        var isEscaped = false
        for octet in text {
            if isEscaped {
                isEscaped = false
            } else if octet == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if octet == UInt8(ascii: "\\"), isQuoted {
                isEscaped = true
            }
        }
        return isQuoted
    }
}
