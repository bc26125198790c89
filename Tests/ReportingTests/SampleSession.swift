import IMAPProtocol
import IMAPSession
import IMAPWire
import Reporting
import Traffic

@testable import SASL

/// The session of the manual: a greeting, CRAM-MD5, a mailbox, messages.
enum SampleSession {
    static let greeting =
        "* OK [CAPABILITY IMAP4rev1 LITERAL+ SASL-IR IDLE STARTTLS AUTH=PLAIN AUTH=CRAM-MD5] Dovecot ready."
    static let manyCapabilities = (1...33).map { "CAP\($0)" }.joined(separator: " ")
    static let proof = "ZHJpY2hhcmRzIGU1ZTEwYmFlMjFiMDAxNTE1YjQ5YjAyNjQyYzBiYzI="

    static func play(into session: HandMadeSession, fetches: Int = 5) {
        session.send(.server, self.greeting + "\r\n", at: 0, kind: .greeting) {
            $0.findings = [finding("C01", .high, "PLAIN is offered without TLS")]
        }
        self.authenticate(session)
        self.select(session)
        self.fetch(session, fetches)
    }

    static func authenticate(_ session: HandMadeSession) {
        var exchange = session.exchange(1, "j", "AUTHENTICATE", .authenticate, sent: 12)
        session.event(.exchangeBegan(exchange))
        session.send(.client, "j AUTHENTICATE CRAM-MD5\r\n", at: 12) { $0.exchange = 1 }
        session.send(.server, "+ PDE4NTZAYmx1ZWZpbi5wPg==\r\n", at: 20) {
            $0.exchange = 1
            $0.sasl = SASLStep("challenge <1856@bluefin.p>", challenge: "<1856@bluefin.p>")
        }
        session.send(.client, self.proof + "\r\n", at: 310, kind: .sasl, secrets: [self.proof], showsLength: true) {
            $0.exchange = 1
            $0.sasl = SASLStep("user drichards, digest masked", user: "drichards")
        }
        exchange.ended = HandMadeSession.time(412)
        exchange.status = .ok
        session.send(.server, "j OK [CAPABILITY \(self.manyCapabilities)] Logged in\r\n", at: 412) { [exchange] in
            $0.exchange = 1
            $0.completes = exchange
            $0.findings = [finding("M01", .high, "CRAM-MD5 lets a listener guess the password")]
            $0.consequences = [
                .authentication(
                    AuthenticationOutcome(
                        mechanism: "CRAM-MD5",
                        user: "drichards",
                        authorizationIdentity: nil,
                        status: .ok,
                        cancelled: false,
                        verdict: .verified,
                        exchange: 1,
                        time: HandMadeSession.time(412)
                    )
                ),
                .stateChanged(
                    from: .notAuthenticated,
                    to: .authenticated,
                    mailbox: nil,
                    time: HandMadeSession.time(412)
                ),
            ]
        }
    }

    static func select(_ session: HandMadeSession) {
        let exchange = session.exchange(2, "k", "SELECT", .select, sent: 500, ended: 501, status: .ok)
        session.event(.exchangeBegan(exchange))
        session.send(.client, "k SELECT INBOX\r\n", at: 500) { $0.exchange = 2 }
        session.send(.server, "* 5000 EXISTS\r\n", at: 500) { $0.exchange = 2 }
        session.send(.server, "k OK done\r\n", at: 501) {
            $0.exchange = 2
            $0.completes = exchange
            $0.consequences = [
                .stateChanged(from: .authenticated, to: .selected, mailbox: "INBOX", time: HandMadeSession.time(501))
            ]
        }
    }

    static func fetchResponse(_ number: Int) -> String { "* \(number) FETCH (FLAGS (\\Seen) UID \(number))" }

    static func fetch(_ session: HandMadeSession, _ count: Int) {
        let exchange = session.exchange(3, "l", "FETCH", .fetch, sent: 600, ended: 1_900, status: .ok)
        session.event(.exchangeBegan(exchange))
        session.send(.client, "l FETCH 1:* (FLAGS UID)\r\n", at: 600) { $0.exchange = 3 }
        for number in 1...count {
            session.send(.server, self.fetchResponse(number) + "\r\n", at: 600 + Int64(number)) { $0.exchange = 3 }
        }
        session.send(.server, "l OK done\r\n", at: 1_900) {
            $0.exchange = 3
            $0.completes = exchange
        }
    }
}
