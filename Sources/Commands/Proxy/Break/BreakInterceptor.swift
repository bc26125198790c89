import ProxyCore
import ProxyServer
import Traffic

/// Has the prompt ask about the messages of a proxy.
struct BreakInterceptor: MessageInterceptor {
    let prompt: BreakPrompt
    /// `--reveal-secrets`.
    let revealsSecrets: Bool

    func messageWaits(_ message: InterceptedMessage) {
        let decide = message.decide
        let content = message.content
        self.prompt.ask(
            WaitingMessage(
                id: message.interception.number,
                connection: message.connection,
                direction: message.interception.direction,
                octets: content.octets,
                secrets: self.revealsSecrets ? [] : content.secrets,
                isCommand: message.interception.isCommand,
                check: { content.problem(with: $0)?.description },
                // Checked before; a message that does not wait any more went on when its time was over.
                decide: { verdict in decide(InterceptionDecision(verdict)) { _ in } }
            )
        )
    }

    func connectionEnded(_ connection: ConnectionID) { self.prompt.withdraw(connection) }
}

extension InterceptionDecision {
    init(_ verdict: BreakVerdict) {
        switch verdict {
        case .forward: self = .forward
        case .replace(let octets): self = .replace(octets)
        case .drop: self = .drop
        case .answer(let line): self = .answer(line)
        case .kill: self = .kill
        }
    }
}
