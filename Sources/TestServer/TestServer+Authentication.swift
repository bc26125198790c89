import IMAPProtocol
import IMAPWire
import SASL
import Traffic

/// An AUTHENTICATE command in progress.
struct Authentication: Sendable {
    let mechanism: Mechanism
    var exchange: AuthenticationExchange
    /// Challenges sent or, for an initial response, passed over.
    var challenges = 0

    init(_ mechanism: Mechanism) {
        self.mechanism = mechanism
        self.exchange = AuthenticationExchange(mechanism: mechanism)
    }
}

extension TestServer {
    mutating func login(_ reader: inout ArgumentReader) throws(CommandProblem) -> Reply {
        let user = String(decoding: try reader.astring(), as: UTF8.self)
        let password = Secret(try reader.astring())
        try reader.end()
        guard self.configuration.allowsLogin else { throw .no("LOGIN is disabled", code: "PRIVACYREQUIRED") }
        self.remember(password)
        guard let credential = self.configuration.users.credential(for: user), credential.matches(password) else {
            throw Self.refusal
        }
        return self.loggedIn(user)
    }

    private static let refusal = CommandProblem.no("Authentication failed", code: "AUTHENTICATIONFAILED")

    private mutating func loggedIn(_ user: String) -> Reply {
        self.user = user
        return Reply("Logged in", code: "CAPABILITY \(self.configuration.capabilities(isAuthenticated: true))")
    }

    private mutating func remember(_ proof: Secret) {
        if self.effects.contains(.echoPassword) { self.proof = proof }
    }

    mutating func authenticate(_ reader: inout ArgumentReader, tag: String) throws(CommandProblem) -> Reply? {
        let name = String(decoding: try reader.atom(), as: UTF8.self)
        guard let mechanism = self.configuration.mechanisms.first(where: { $0.name == name.uppercased() }) else {
            throw .no("Mechanism not offered", code: "CANNOT")
        }
        let authentication = Authentication(mechanism)
        guard !reader.isAtEnd else {
            self.proceed(authentication, tag: tag)
            return nil
        }
        let response = try reader.atom()
        try reader.end()
        guard self.configuration.offers("SASL-IR") else { throw .bad("Initial responses are not offered") }
        // RFC 4959 section 3: a mechanism in which the server speaks first takes none.
        guard mechanism != .cramMD5 else { throw .bad("The server speaks first in this mechanism") }
        self.received(response, isInitial: true, tag: tag, authentication)
        return nil
    }

    mutating func authenticationLine(_ line: [UInt8], tag: String, _ authentication: Authentication) {
        guard line != [UInt8(ascii: "*")] else {
            self.framer.language = .commands
            self.finish(Reply(.bad("Authentication cancelled")), tag: tag)
            return
        }
        self.received(line, isInitial: false, tag: tag, authentication)
    }

    private mutating func received(_ line: [UInt8], isInitial: Bool, tag: String, _ authentication: Authentication) {
        var authentication = authentication
        do throws(Base64Problem) {
            // The single "=" of an initial response is the empty one.
            let decoded = isInitial && line == [UInt8(ascii: "=")] ? [] : try Base64.decode(line)
            self.remember(Secret(decoded))
        } catch {
            self.framer.language = .commands
            self.finish(Reply(.bad("Invalid base64")), tag: tag)
            return
        }
        _ =
            isInitial
            ? authentication.exchange.initialResponse(line.span.bytes)
            : authentication.exchange.response(line.span.bytes)
        if isInitial { authentication.challenges = 1 }
        if authentication.exchange.isComplete {
            self.framer.language = .commands
            let reply = self.verdict(authentication.exchange)
            self.finish(reply, tag: tag)
        } else {
            self.proceed(authentication, tag: tag)
        }
    }

    /// Sends the next challenge.
    private mutating func proceed(_ authentication: Authentication, tag: String) {
        var authentication = authentication
        guard let challenge = self.challenge(authentication) else {
            self.framer.language = .commands
            self.finish(Reply(Self.refusal), tag: tag)
            return
        }
        let line = Base64.encode(challenge)
        _ = authentication.exchange.challenge(line.span.bytes)
        authentication.challenges += 1
        self.output += Array("+ ".utf8) + line + [0x0D, 0x0A]
        self.framer.language = .lines
        self.dialogue = .authenticating(tag: tag, authentication)
    }

    private func challenge(_ authentication: Authentication) -> [UInt8]? {
        switch (authentication.mechanism, authentication.challenges) {
        case (.plain, 0): return []
        case (.login, 0): return Array(LoginPrompt.user.utf8)
        case (.login, 1): return Array(LoginPrompt.password.utf8)
        case (.cramMD5, 0):
            switch self.configuration.challenges {
            case .fixed(let challenge): return challenge
            case .generated(let hostname, let random):
                return CRAMMD5.challenge(hostname: hostname, random: random(), time: self.now)
            }
        default: return nil
        }
    }

    private mutating func verdict(_ exchange: AuthenticationExchange) -> Reply {
        guard let user = exchange.user else { return Reply(Self.refusal) }
        let credential = self.configuration.users.credential(for: user)
        guard exchange.verdict(using: credential).isVerified else { return Reply(Self.refusal) }
        if let identity = exchange.authorizationIdentity, !identity.isEmpty, identity != user {
            return Reply(.no("Not allowed to act for somebody else", code: "AUTHORIZATIONFAILED"))
        }
        return self.loggedIn(user)
    }
}
