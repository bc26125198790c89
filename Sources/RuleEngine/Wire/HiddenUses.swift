import IMAPProtocol
import IMAPSession
import IMAPWire
import Traffic

/// Which commands need an extension that is hidden, and how a server without it answers them.
struct HiddenUses: Sendable {
    private let patterns: [CapabilityPattern]
    private let commands: [Command: String]
    private let hidesLiterals: Bool
    private let hidesInitialResponse: Bool
    private let hidesMechanisms: Bool

    init(_ patterns: [CapabilityPattern]) {
        func hides(_ name: String) -> Bool { patterns.contains { $0.matches(name) } }
        self.patterns = patterns
        self.hidesLiterals = hides("LITERAL+") || hides("LITERAL-")
        self.hidesInitialResponse = hides("SASL-IR")
        self.hidesMechanisms = patterns.contains { $0.text.hasPrefix("AUTH=") || $0.text.hasPrefix("*") }
        var commands: [Command: String] = [:]
        for (name, needed) in Self.commands where hides(name) {
            for command in needed where commands[command] == nil { commands[command] = name }
        }
        self.commands = commands
    }

    func concerns(_ message: Message) -> Bool {
        guard message.kind == .command else { return false }
        if self.hidesLiterals { return true }
        guard let command = message.command else { return false }
        if command == .authenticate { return self.hidesMechanisms || self.hidesInitialResponse }
        return self.commands[command] != nil || command == .expunge && self.hides("UIDPLUS")
    }

    /// What follows the tag; nil for a command that needs nothing hidden.
    func refusal(of message: WireMessage) -> String? {
        let command = message.message.command
        if self.hidesLiterals, message.message.literals.contains(where: { $0.form.nonSynchronizing }) {
            return "BAD non-synchronizing literals are not supported"
        }
        if command == .authenticate {
            let arguments = message.arguments
            guard let mechanism = arguments.first.map({ message.text($0.content).uppercased() }) else { return nil }
            if self.hides("AUTH=" + mechanism) { return "NO [CANNOT] this mechanism is not supported" }
            return self.hidesInitialResponse && arguments.count > 1
                ? "BAD initial responses are not supported" : nil
        }
        if command == .expunge, message.message.isUID, self.hides("UIDPLUS") {
            return "BAD UID EXPUNGE is not supported"
        }
        guard let command, self.commands[command] != nil else { return nil }
        return "BAD \(command.rawValue) is not supported"
    }

    private func hides(_ name: String) -> Bool { self.patterns.contains { $0.matches(name) } }

    /// The commands that come with an extension and with nothing else.
    private static let commands: [(capability: String, commands: [Command])] = [
        ("STARTTLS", [.starttls]),  // RFC 3501 section 6.2.1
        ("IDLE", [.idle]),  // RFC 2177
        ("NAMESPACE", [.namespace]),  // RFC 2342
        ("ID", [.id]),  // RFC 2971
        ("UNSELECT", [.unselect]),  // RFC 3691
        ("ACL", [.getacl, .setacl, .deleteacl, .listrights, .myrights]),  // RFC 4314
        ("URLAUTH", [.genurlauth, .urlfetch, .resetkey]),  // RFC 4467
        ("COMPRESS=DEFLATE", [.compress]),  // RFC 4978
        ("ENABLE", [.enable]),  // RFC 5161
        ("LANGUAGE", [.language]),  // RFC 5255
        ("SORT", [.sort]),  // RFC 5256
        ("THREAD=REFERENCES", [.thread]),
        ("METADATA", [.getmetadata, .setmetadata]),  // RFC 5464
        ("NOTIFY", [.notify]),  // RFC 5465
        ("MOVE", [.move]),  // RFC 6851
        ("UNAUTHENTICATE", [.unauthenticate]),  // RFC 8437
        ("REPLACE", [.replace]),  // RFC 8508
        ("QUOTA", [.getquota, .getquotaroot, .setquota]),  // RFC 9208
        ("UIDBATCHES", [.uidbatches]),  // RFC 10022
    ]
}
