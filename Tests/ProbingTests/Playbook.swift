import Probing

/// A server in a transcript: what it says when a connection opens, and what it answers to octets.
struct Playbook: Sendable {
    var greeting: String? = "* OK ready\r\n"
    /// By the first word behind the tag, in capitals; `%` stands for the tag. A command that is not here is not answered.
    var answers: [String: String] = [:]
    /// What is said under TLS, where that differs.
    var underTLS: [String: String] = [:]
    /// What TLS brings, by the highest version and the list of suites that are offered.
    var handshake: @Sendable (TLSOffer) -> HandshakeOutcome = { _ in .established(.sound) }
    /// Octets that the server says as soon as it is under TLS.
    var afterHandshake = ""
    var closesInstead: Set<String> = []
}

extension ProbeTLS {
    static let sound = ProbeTLS(
        version: .tls13,
        cipherSuite: "TLS_AES_128_GCM_SHA256",
        certificate: Certificate(
            subject: "CN=localhost",
            issuer: "CN=root",
            names: ["localhost"],
            notBefore: "2026-01-01",
            notAfter: "2027-01-01",
            daysLeft: 300,
            key: "EC 256",
            signatureAlgorithm: "ecdsa-with-SHA256",
            fingerprint: "00"
        )
    )
}

/// Plays a ``Playbook``, and keeps what was sent.
final class PlayedServer: ProbeTransport {
    private let book: Playbook
    private var isTLS = false
    private var inputs: [ProbeInput] = []
    private(set) var sent: [String] = []

    init(_ book: Playbook) {
        self.book = book
    }

    func open(_ offer: TLSOffer?) async -> ProbeConnected {
        self.inputs = []
        self.isTLS = false
        if let offer {
            guard case .established(let tls) = await self.handshake(offer) else {
                return .noTLS(self.book.handshake(offer))
            }
            self.greet()
            return .open(tls)
        }
        self.greet()
        return .open(nil)
    }

    private func greet() {
        if let greeting = self.book.greeting { self.inputs.append(.octets(Array(greeting.utf8))) }
    }

    func send(_ octets: [UInt8]) {
        let text = String(decoding: octets, as: UTF8.self)
        self.sent.append(text)
        let words = text.prefix { $0 != "\r\n" }.split(separator: " ")
        var name = words.count > 1 ? words[1].uppercased() : String(words.first ?? "")
        if name == "STARTTLS", text.contains("NOOP") { name = "INJECTED" }
        if self.book.closesInstead.contains(name) { return self.inputs.append(.closed) }
        let answers =
            self.isTLS ? self.book.underTLS.merging(self.book.answers) { first, _ in first } : self.book.answers
        guard let answer = answers[name] ?? answers[name == "INJECTED" ? "STARTTLS" : name] else { return }
        let tag = words.count > 1 ? String(words[0]) : ""
        self.inputs.append(.octets(Array((answer.replacing("%", with: tag) + "\r\n").utf8)))
    }

    func receive(before deadline: ContinuousClock.Instant) async -> ProbeInput {
        self.inputs.isEmpty ? .silent : self.inputs.removeFirst()
    }

    func handshake(_ offer: TLSOffer) async -> HandshakeOutcome {
        let outcome = self.book.handshake(offer)
        if case .established = outcome {
            self.isTLS = true
            self.inputs = []
            if !self.book.afterHandshake.isEmpty { self.inputs.append(.octets(Array(self.book.afterHandshake.utf8))) }
        }
        return outcome
    }

    func close() async {}
}

extension Playbook {
    /// A server without fault.
    static var sound: Playbook {
        Playbook(
            answers: [
                "CAPABILITY": "* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED LITERAL-\r\n% OK done",
                "STARTTLS": "% OK begin", "NOOP": "% OK done", "LOGIN": "% NO [PRIVACYREQUIRED] not here",
                "AUTHENTICATE": "% NO [PRIVACYREQUIRED] not here", "ID": "% BAD too large\r\nN2 OK done",
            ],
            underTLS: [
                "CAPABILITY": "* CAPABILITY IMAP4rev1 AUTH=PLAIN LITERAL-\r\n% OK done", "STARTTLS": "% BAD already",
                "LOGIN": "% NO [AUTHENTICATIONFAILED] Failed",
            ],
            handshake: { offer in
                offer.versions.upperBound < .tls12 || offer.ciphers != nil ? .refused("alert") : .established(.sound)
            }
        )
    }

    func changed(_ change: (inout Playbook) -> Void) -> Playbook {
        var copy = self
        change(&copy)
        return copy
    }
}
