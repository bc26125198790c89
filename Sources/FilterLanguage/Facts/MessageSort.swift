import IMAPProtocol
public import IMAPSession
import Traffic

/// What sort of message it is: there are few sorts, so what a filter says of one is worth keeping.
public struct MessageSort: Sendable, Hashable {
    var kind: Message.Kind
    var direction: Direction
    var response: Response?
    /// The command of the message or of the exchange that it belongs to; nil when it has none, or an unknown one.
    var command: Command?
    /// Nil means a command that has no name here.
    var commandIsOpen: Bool
}

extension SessionFacts {
    public func sort(of message: Message) -> MessageSort {
        let exchange = message.completes ?? (message.exchange == 0 ? nil : self.exchange(message.exchange))
        let command = message.command ?? exchange?.command
        return MessageSort(
            kind: message.kind,
            direction: message.direction,
            response: message.response,
            command: command,
            commandIsOpen: command == nil && (exchange != nil || message.kind == .command)
        )
    }
}

extension Filter {
    /// Whether it can hold for a message of this sort; `message` is one of them.
    public func canMatch(_ sort: MessageSort, like message: Message, _ facts: SessionFacts) -> Bool {
        facts.withKind(of: message, command: sort.command, commandIsOpen: sort.commandIsOpen) {
            self.evaluate($0) != .no
        }
    }
}
