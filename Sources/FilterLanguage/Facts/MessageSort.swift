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

extension MessageSort {
    /// Whether such a message leaves every fact of its session as it is: data of the server, which is most of what is said.
    public var leavesSession: Bool {
        guard self.kind == .untagged, let response else { return false }
        return response.status == nil && response != .id && response != .capability
    }
}

extension SessionFacts {
    public func sort(of message: Message) -> MessageSort {
        var command = message.command
        var isOfExchange = false
        if let exchange = message.completes {
            isOfExchange = true
            command = command ?? exchange.command
        } else if message.exchange != 0, let index = self.running.lastIndex(where: { $0.number == message.exchange }) {
            isOfExchange = true
            command = command ?? self.running[index].exchange.command
        }
        return MessageSort(
            kind: message.kind,
            direction: message.direction,
            response: message.response,
            command: command,
            commandIsOpen: command == nil && (isOfExchange || message.kind == .command)
        )
    }
}

extension Filter {
    /// Whether it can hold for a message of this sort; `message` is one of them.
    ///
    /// - Parameter inSession: whether only messages are meant that come while the facts of the session are as they are.
    public func canMatch(
        _ sort: MessageSort,
        like message: Message,
        _ facts: SessionFacts,
        inSession: Bool = false
    ) -> Bool {
        facts.withKind(
            of: message,
            command: sort.command,
            commandIsOpen: sort.commandIsOpen,
            knowsSession: inSession && sort.leavesSession
        ) {
            self.evaluate($0) != .no
        }
    }
}
