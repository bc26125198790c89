import IMAPSession
import Traffic

// MARK: - The time until the login

extension ProxyConnection {
    /// The client can speak to the server: the time that it has for its login begins.
    mutating func awaitLogin(_ perform: (ProxyAction) -> Void) {
        guard self.options.loginTimeout > 0 else { return }
        self.awaitsLogin = true
        perform(.startTimer(.login, seconds: self.options.loginTimeout))
    }

    /// Ends the wait when the client is logged in, or can no longer be seen to log in.
    mutating func noteLogin(_ perform: (ProxyAction) -> Void) {
        guard self.awaitsLogin, self.phase == .relaying else { return }
        switch self.session.state {
        case .authenticated, .selected: break
        case .greeting, .notAuthenticated, .logout: guard self.session.isOpaque else { return }
        }
        self.awaitsLogin = false
        perform(.cancelTimer(.login))
    }

    /// RFC 9051 section 5.4 asks for 30 minutes of patience behind the login only; a server may end a connection before
    /// it at any time, and says BYE.
    mutating func loginTimedOut(at time: Timestamp, _ perform: (ProxyAction) -> Void) {
        guard self.awaitsLogin, self.phase == .relaying else { return }
        self.awaitsLogin = false
        let text = "no login within \(self.options.loginTimeout) s"
        let finding = Finding(
            id: "login-timeout",
            severity: .low,
            blame: .client,
            direction: .client,
            offset: self.session.octets(.client),
            text: "\(text): imapscope ends the connection (--login-timeout)",
            reference: "RFC 9051 section 5.4",
            leg: .client
        )
        self.session.report(finding, at: time)
        guard self.session.isBetweenServerMessages, !self.serverClosed else {
            // Inside a message of the server nothing else can be said.
            return self.end(.close, at: time, perform)
        }
        self.sayGoodbye("imapscope: \(text)", cause: "--login-timeout", at: time, perform)
    }
}
