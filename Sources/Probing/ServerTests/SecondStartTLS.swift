import IMAPProtocol

extension ServerProbe {
    /// Under TLS the server must refuse STARTTLS, and must go on speaking TLS then.
    static let secondStartTLS = ServerProbe(
        id: "starttls-under-tls",
        title: "STARTTLS once more under TLS, and whether the session goes on",
        reference: "RFC 9051 section 6.2.1",
        remedy: "refuse STARTTLS with BAD when TLS is already there"
    ) { target in
        target.underTLS { _, _ in
            .command("T1 STARTTLS") { answer in
                guard answer.isRefused else {
                    if answer.isOK { return .vulnerable("STARTTLS under TLS was granted: \(answer.shown)") }
                    return answer.isGoodbye
                        ? .weak("the server did not refuse STARTTLS under TLS but left: \(answer.shown)")
                        : .weak("STARTTLS under TLS got \(answer.shown)")
                }
                return .command("T2 NOOP") { next in
                    guard next.isOK else {
                        return .weak("STARTTLS was refused (\(answer.shown)), and NOOP behind it got \(next.shown)")
                    }
                    return answer.status == .bad
                        ? .pass("it was refused by \(answer.shown), and the session went on")
                        : .weak("it was refused by \(answer.shown), where BAD is due; the session went on")
                }
            }
        }
    }
}
