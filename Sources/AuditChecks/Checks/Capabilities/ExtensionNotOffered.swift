import IMAPProtocol
import IMAPSession
import Traffic

struct ExtensionNotOffered: Check {
    static let description = CheckDescription(
        id: "C17",
        name: "extension-not-offered",
        severity: .low,
        reference: "RFC 9051 section 6.1.1",
        summary: "the client used an extension that the server does not offer",
        rationale: "It works by luck, or not at all; a client that does not read the list breaks with the next server.",
        remedy: "Let the client look into the list first."
    )
    static let moments: Moments = .command

    func look(at moment: Moment, _ audit: Audit) {
        guard case .command(let message) = moment, let command = message.command,
            let offer = audit.session.offer, offer.isAuthenticated, !audit.session.isEarly,
            let needed = Self.needed[command.rawValue.uppercased()],
            !needed.contains(where: { word in
                offer.words.contains { $0 == word || word.hasSuffix("=") && $0.hasPrefix(word) }
            }),
            !(offer.contains("IMAP4REV2") && Self.ofRevision2.contains(command.rawValue.uppercased()))
        else { return }
        audit.report(
            "\(command.rawValue.uppercased()) was sent, the list has no \(needed.joined(separator: " or "))",
            blame: .client
        )
    }

    /// Commands by the words that stand for them, one of which is enough.
    private static let needed: [String: [String]] = [
        "MOVE": ["MOVE"], "IDLE": ["IDLE"], "UNSELECT": ["UNSELECT"], "NAMESPACE": ["NAMESPACE"], "ENABLE": ["ENABLE"],
        "ID": ["ID"], "COMPRESS": ["COMPRESS="], "SORT": ["SORT", "SORT="], "THREAD": ["THREAD="],
        "GETQUOTA": ["QUOTA"],
        "GETQUOTAROOT": ["QUOTA"], "SETQUOTA": ["QUOTA", "QUOTASET"], "GETACL": ["ACL"], "SETACL": ["ACL"],
        "DELETEACL": ["ACL"], "MYRIGHTS": ["ACL"], "LISTRIGHTS": ["ACL"],
        "GETMETADATA": ["METADATA", "METADATA-SERVER"],
        "SETMETADATA": ["METADATA", "METADATA-SERVER"], "NOTIFY": ["NOTIFY"], "GENURLAUTH": ["URLAUTH"],
        "RESETKEY": ["URLAUTH"], "URLFETCH": ["URLAUTH"], "CONVERT": ["CONVERT"], "LANGUAGE": ["LANGUAGE"],
        "COMPARATOR": ["I18NLEVEL="], "UNAUTHENTICATE": ["UNAUTHENTICATE"], "REPLACE": ["REPLACE"],
        "UIDBATCHES": ["UIDBATCHES"], "CANCELUPDATE": ["CONTEXT="], "XLIST": ["XLIST"],
    ]
    private static let ofRevision2: Set<String> = ["MOVE", "IDLE", "UNSELECT", "NAMESPACE", "ENABLE"]
}
