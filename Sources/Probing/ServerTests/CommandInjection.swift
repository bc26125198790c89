extension ServerProbe {
    /// A command in the same segment as STARTTLS, in cleartext, where anybody on the way could put one. A server that keeps
    /// it and obeys it under TLS lets strangers speak in its client's name (CVE-2011-1926; NO STARTTLS, USENIX Security 2021).
    static let commandInjection = ServerProbe(
        id: "starttls-command-injection",
        title: "a command behind STARTTLS in the same segment (NOOP)",
        reference: "RFC 9051 section 6.2.1; CVE-2011-0411, CVE-2011-1926",
        remedy: "install a version of the server that throws away what it has read when TLS begins"
    ) { target in
        // Without this, a server whose TLS does not work at all would pass.
        target.security == .implicit
            ? target.inCleartext { _ in Self.inject }
            : target.underTLS { _, _ in
                target.inCleartext { _ in Self.inject }
            }
    }

    private static var inject: ProbeStep {
        .send(Array("S1 STARTTLS\r\nS2 NOOP\r\n".utf8), awaiting: "S1") { answer in
            // Some servers see the octets and end the session, as they may.
            if answer.isGoodbye, !answer.isOK {
                return .pass("the server ended the session at the injected command: \(answer.shown)")
            }
            // TLS has just worked without an injected command, so it is that which is refused.
            if answer.isRefused { return .pass("with a command behind it STARTTLS was refused: \(answer.shown)") }
            guard answer.isOK else { return .notCheckable("STARTTLS was answered by \(answer.shown)") }
            return .handshake(.any) { outcome, behind in
                guard behind.isEmpty else {
                    return .weak("the server answered the injected command in cleartext, behind its OK to STARTTLS")
                }
                return Self.afterHandshake(outcome)
            }
        }
    }

    private static func afterHandshake(_ outcome: HandshakeOutcome) -> ProbeStep {
        switch outcome {
        case .refused(let reason):
            .pass("with a command behind STARTTLS the server did not begin TLS but ended the session: \(reason)")
        case .notOffered(let reason): .notCheckable("there is no TLS: \(reason)")
        // Whatever the server still has to say comes before this answer.
        case .established:
            .command("S3 NOOP") { answer in
                if let injected = answer.answers("S2") {
                    return .vulnerable(
                        "the injected command was obeyed under TLS: S2 was answered by “\(injected.shown)”"
                    )
                }
                return answer.final == nil
                    ? .notCheckable("NOOP under TLS got \(answer.shown)")
                    : .pass("the injected command was thrown away: only what was sent under TLS was answered")
            }
        }
    }
}
