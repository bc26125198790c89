import IMAPSession
import Traffic

/// Why imapscope ends a connection: what the client is told in `* BYE [UNAVAILABLE]`, and the finding.
struct Refusal: Hashable {
    var id: String
    var severity: Severity
    var blame: Blame
    var direction: Direction = .server
    var leg: Leg = .upstream
    /// One sentence without a full stop; may hold words of the server.
    var text: String
    var reference: String

    func finding(at offset: UInt64) -> Finding {
        Finding(
            id: self.id,
            severity: self.severity,
            blame: self.blame,
            direction: self.direction,
            offset: offset,
            text: self.text,
            reference: self.reference,
            leg: self.leg
        )
    }
}

// MARK: - Mandatory STARTTLS (RFC 9051 section 6.2.1, RFC 8314 section 5)

extension Refusal {
    private static func starttls(_ id: String, _ severity: Severity, _ text: String) -> Refusal {
        Refusal(
            id: "upstream-" + id,
            severity: severity,
            blame: .server,
            text: text,
            reference: "RFC 9051 section 6.2.1"
        )
    }

    static let starttlsMissing = Refusal.starttls(
        "starttls-missing",
        .high,
        "the server does not list STARTTLS, or somebody on the way took it out; TLS is mandatory here"
    )

    static func starttlsRefused(_ answer: String) -> Refusal {
        .starttls("starttls-refused", .high, "the server refuses STARTTLS: \(answer)")
    }

    static func starttlsInvalid(_ line: String) -> Refusal {
        .starttls("starttls-invalid", .high, "before TLS the server says what is no answer: \(line)")
    }

    static func answerBeforeCommand(_ line: String) -> Refusal {
        .starttls("starttls-invalid", .critical, "the answer came before the command was sent: \(line)")
    }

    static func starttlsInjected(_ octets: Int) -> Refusal {
        .starttls(
            "starttls-injected",
            .critical,
            "\(octets) octets in the clear follow the OK to STARTTLS where only TLS may; they are not used"
        )
    }

    static let preauth = Refusal(
        id: "upstream-starttls-preauth",
        severity: .high,
        blame: .server,
        text:
            "the server greets with PREAUTH, after which STARTTLS is not allowed; TLS is mandatory here",
        reference: "RFC 9051 section 7.1.4"
    )

    static func bye(_ line: String) -> Refusal {
        Refusal(
            id: "upstream-bye",
            severity: .high,
            blame: .server,
            text: "the server says goodbye before the session began: \(line)",
            reference: "RFC 9051 section 7.1.5"
        )
    }

    static func noGreeting(_ line: String) -> Refusal {
        Refusal(
            id: "upstream-greeting-invalid",
            severity: .high,
            blame: .server,
            text: "the server's first line is no greeting: \(line)",
            reference: "RFC 9051 section 7.1"
        )
    }

    static func flood(_ octets: Int, limit: Int) -> Refusal {
        Refusal(
            id: "upstream-flood",
            severity: .high,
            blame: .server,
            text: "the server sent \(octets) octets before the session began, the limit is \(limit)",
            reference: "the limit of imapscope"
        )
    }

    static let upstreamClosed = Refusal(
        id: "upstream-closed",
        severity: .high,
        blame: .server,
        text: "the server closed the connection before the session began",
        reference: "RFC 9051 section 7.1.5"
    )

    static func upstreamTimeout(_ seconds: Int) -> Refusal {
        Refusal(
            id: "upstream-timeout",
            severity: .high,
            blame: .server,
            text: "the server did not get as far as TLS within \(seconds) s",
            reference: "the limit of imapscope"
        )
    }
}

// MARK: - Handshakes

extension Refusal {
    static func upstreamTLS(_ failure: TLSHandshakeFailure, start: TLSChange.Start) -> Refusal {
        let alert = failure.alert.map { " (\($0))" } ?? ""
        switch failure.kind {
        case .certificate: return .certificate(failure.reason + alert)
        case .notTLS where start == .starttls:
            return .starttls(
                "starttls-injected",
                .critical,
                "octets that are not TLS stand between the OK to STARTTLS and the ServerHello; they are not used: "
                    + failure.reason
            )
        case .notTLS:
            return Refusal(
                id: "upstream-tls-failed",
                severity: .high,
                blame: .configuration,
                text:
                    "the server does not speak TLS on this port: \(failure.reason); the upstream URL says imaps, try "
                    + "imap+starttls",
                reference: "RFC 8314 section 3"
            )
        case .timedOut, .closed, .refusedByPeer, .refusedByImapscope, .configuration:
            return Refusal(
                id: "upstream-tls-failed",
                severity: .high,
                blame: failure.kind == .configuration ? .configuration : .server,
                text: "no TLS with the server, \(failure.kind.rawValue)\(alert): \(failure.reason)",
                reference: "RFC 8446 section 6"
            )
        }
    }

    static func certificate(_ reason: String) -> Refusal {
        Refusal(
            id: "upstream-certificate",
            severity: .critical,
            blame: .server,
            text: "the server's certificate is not accepted: \(reason)",
            reference: "RFC 9525 section 6"
        )
    }

    /// What the client has to trust, and how it comes to do so.
    private static func trust(_ options: ProxyOptions) -> (issuer: String, install: String) {
        if let own = options.certificateFile {
            return ("the certificate that it is shown", "let it trust the issuer of \(own)")
        }
        return ("our CA", "install \(options.authorityFile ?? "the CA certificate of imapscope") in the client")
    }

    /// Not a failure: a client that only looks whether the port is open does the same.
    static func silentClient(_ options: ProxyOptions) -> Refusal {
        let (issuer, install) = Self.trust(options)
        return Refusal(
            id: "client-left-after-handshake",
            severity: .medium,
            blame: .client,
            direction: .client,
            leg: .client,
            text:
                "the client left right after the TLS handshake without a word; if it does not trust \(issuer): "
                + install,
            reference: "RFC 8446 section 4.4.2.4"
        )
    }

    static func clientTLS(_ failure: TLSHandshakeFailure, _ options: ProxyOptions) -> Refusal {
        let (issuer, install) = Self.trust(options)
        let alert = failure.alert.map { " (\($0))" } ?? ""
        let text: String
        if failure.isDistrust {
            text = "the client does not trust \(issuer)\(alert): \(install)"
        } else if failure.kind == .closed {
            text =
                "the client closed the connection inside the TLS handshake; if it does not trust \(issuer): \(install)"
        } else if failure.kind == .certificate {
            text =
                "the client's certificate is not accepted\(alert): \(failure.reason); --client-ca names the certificates that "
                + "it is verified against"
        } else if failure.kind == .notTLS {
            text = "the client does not speak TLS where it should: \(failure.reason)"
        } else {
            text = "no TLS with the client, \(failure.kind.rawValue)\(alert): \(failure.reason)"
        }
        return Refusal(
            id: "client-tls-failed",
            severity: .high,
            blame: failure.kind == .configuration ? .configuration : .client,
            direction: .client,
            leg: .client,
            text: text,
            reference: "RFC 8446 section 6.2"
        )
    }
}

// MARK: - The client leg

extension Refusal {
    static let preauthBeforeClientTLS = Refusal(
        id: "preauth-before-client-tls",
        severity: .high,
        blame: .server,
        leg: .client,
        text:
            "the server greets with PREAUTH, and the client could read mail before the TLS that is required of it",
        reference: "RFC 9051 section 7.1.4"
    )

    static let unreadableBeforeClientTLS = Refusal(
        id: "unreadable-before-client-tls",
        severity: .high,
        blame: .client,
        direction: .client,
        leg: .client,
        text:
            "the streams can no longer be read, and TLS is required of the client before it may log in",
        reference: "RFC 8314 section 3"
    )

    static func beyondHoldLimit(_ limit: Int, _ direction: Direction) -> Refusal {
        Refusal(
            id: "hold-limit",
            severity: .medium,
            blame: .configuration,
            direction: direction,
            leg: direction == .client ? .client : .upstream,
            text:
                "a message to which a rule may apply is longer than \(limit) octets, and the rules end the connection then",
            reference: "imapscope: on-limit"
        )
    }

    static func ruleFailed(_ rule: String, _ reason: String, _ direction: Direction) -> Refusal {
        Refusal(
            id: "rule-failed",
            severity: .medium,
            blame: .configuration,
            direction: direction,
            leg: direction == .client ? .client : .upstream,
            text: "the rule \(rule) could not be applied: \(reason)",
            reference: "imapscope: --fail closed"
        )
    }

    static func tooEarly(_ octets: Int, limit: Int) -> Refusal {
        Refusal(
            id: "client-too-early",
            severity: .medium,
            blame: .client,
            direction: .client,
            leg: .client,
            text: "the client sent \(octets) octets before it was greeted, the limit is \(limit)",
            reference: "the limit of imapscope"
        )
    }
}
