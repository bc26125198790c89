import IMAPProtocol
import IMAPSession
import Traffic

// MARK: - Logins that depend on the client's own TLS connection

extension EditStage {
    /// A login whose proof, or whose only credential, is the TLS between client and server.
    struct BoundLogin {
        var exchange: Int
        var mechanism: String
        /// The type of channel binding, once the client has named it.
        var binding: String?

        var isBinding: Bool { self.mechanism.hasPrefix("SCRAM-") }
    }

    /// Remembers such a login, and what it binds to.
    func noteLogin(_ message: Message, _ text: RawSpan) {
        if message.kind == .sasl {
            guard let login = self.boundLogin, login.exchange == message.exchange, login.binding == nil else { return }
            self.boundLogin?.binding = ChannelBinding.name(
                inFirstMessage: text.extracting(0..<ResponseHead.contentEnd(text))
            )
            return
        }
        guard message.command == .authenticate, message.kind == .command, message.exchange != 0, self.endsTLS else {
            return
        }
        let end = ResponseHead.contentEnd(text)
        let mechanism = Self.word(text, from: message.arguments, to: end)
        let name = text.uppercased(mechanism)
        guard name.hasPrefix("SCRAM-") && name.hasSuffix("-PLUS") || name == "EXTERNAL" else { return }
        let response = Self.word(text, from: mechanism.upperBound, to: end)
        self.boundLogin = BoundLogin(
            exchange: message.exchange,
            mechanism: name,
            binding: response.isEmpty ? nil : ChannelBinding.name(inFirstMessage: text.extracting(response))
        )
    }

    /// Says why such a login failed.
    func loginEnded(_ exchange: Exchange, _ message: Message) {
        guard let login = self.boundLogin, login.exchange == exchange.number else { return }
        self.boundLogin = nil
        guard exchange.status != .ok else { return }
        self.tell(
            login.isBinding ? "channel-binding-fails" : "client-certificate-not-passed-on",
            .medium,
            .imapscope,
            .server,
            message.offset,
            login.isBinding ? self.bindingText(login) : self.externalText(),
            login.isBinding ? "RFC 5802 section 6" : "RFC 4422 appendix A",
            message.time
        )
    }

    private func bindingText(_ login: BoundLogin) -> String {
        let binding = login.binding.map { " (\($0))" } ?? ""
        let text =
            "\(login.mechanism) failed; it binds the login to the client's TLS connection\(binding), which ends at "
            + "imapscope, and the server compares with its own"
        switch login.binding {
        case "tls-server-end-point"?, nil: return "\(text); \(ChannelBinding.survival)"
        case let name?:
            return "\(text); \(name) cannot pass an interceptor: let the client use the mechanism without -PLUS"
        }
    }

    private func externalText() -> String {
        let text =
            "EXTERNAL failed; it is a login by the client's certificate, and the server does not see the client's TLS "
            + "connection, which ends at imapscope; "
        switch self.options.upstream {
        case .cleartext:
            return text + "the upstream leg is cleartext: give the upstream as imaps:// or imap+starttls://"
        case .starttls, .tls:
            return text + "imapscope can show the server that certificate: --upstream-cert and --upstream-key"
        }
    }

    private static func word(_ text: RawSpan, from start: Int, to end: Int) -> Range<Int> {
        var start = min(start, end)
        while start < end, text[start] == 0x20 { start += 1 }
        var index = start
        while index < end, text[index] > 0x20 { index += 1 }
        return start..<index
    }
}

extension ChannelBinding {
    /// RFC 5929 section 4: this one type is the same on both legs when both show the same certificate.
    static let survival =
        "only tls-server-end-point, which binds to the server's certificate alone, survives when imapscope shows that same "
        + "certificate (--cert and --key)"
}
