import FilterLanguage
import IMAPProtocol
import IMAPSession
import IMAPWire
import Traffic

/// To which messages a rule can ever apply, as far as their sort tells.
struct WireReach: Sendable, Hashable {
    var client = false
    var server = false
    /// Beyond the greeting.
    var laterServer = false

    var isEmpty: Bool { !self.client && !self.server }

    init(_ filter: Filter?, _ steps: [any WireStep]) {
        let facts = SessionFacts(literalPrefix: 0)
        for message in Self.prototypes {
            let isGreeting = message.kind == .greeting
            if message.direction == .client ? self.client : isGreeting ? self.server : self.laterServer { continue }
            guard steps.contains(where: { $0.accepts(message) }) else { continue }
            guard filter?.canMatch(facts.sort(of: message), like: message, facts) ?? true else { continue }
            if message.direction == .client {
                self.client = true
            } else {
                self.server = true
                if !isGreeting { self.laterServer = true }
            }
        }
    }

    /// One message of each sort.
    private static let prototypes: [Message] = {
        var all: [Message] = []
        let commands: [Command?] = Command.allCases + [nil]
        for command in commands {
            for kind in [Message.Kind.command, .sasl, .done, .cancel, .unparsed] {
                all.append(Self.message(kind, .client, command, nil))
            }
            for status in [Response.ok, .no, .bad] { all.append(Self.message(.tagged, .server, command, status)) }
            for response in Response.allCases + [nil] as [Response?] {
                all.append(Self.message(.untagged, .server, command, response))
            }
            all.append(Self.message(.continuation, .server, command, nil))
        }
        for status in [Response.ok, .no, .bad, .bye, .preauth, nil] {
            all.append(Self.message(.greeting, .server, nil, status))
        }
        all.append(Self.message(.unparsed, .server, nil, nil))
        return all
    }()

    private static func message(
        _ kind: Message.Kind,
        _ direction: Direction,
        _ command: Command?,
        _ response: Response?
    ) -> Message {
        let frame = MessageFrame(offset: 0, length: 0, text: .assembled)
        var message = Message(kind: kind, direction: direction, number: 1, time: .zero, frame: frame)
        message.response = response
        if kind == .command {
            message.command = command
        } else if kind != .greeting, kind != .unparsed {
            // The exchange that it belongs to; nil: one whose command is not known.
            var exchange = Exchange(
                number: 1,
                tag: "",
                name: command?.rawValue ?? "",
                command: command,
                isUID: false,
                began: .zero,
                sent: .zero
            )
            exchange.status = nil
            message.completes = exchange
        }
        return message
    }
}
