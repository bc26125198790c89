import IMAPProtocol

extension ServerProbe {
    /// The mechanism that carries the password itself, begun before TLS and cancelled before anything is said.
    static let cleartextAuthenticate = ServerProbe(
        id: "cleartext-authenticate",
        title: "AUTHENTICATE PLAIN before TLS, cancelled before a password",
        reference: "RFC 4616 section 5; RFC 8314 section 4.1; RFC 9051 section 6.2.2",
        remedy: "offer and accept PLAIN and LOGIN under TLS only"
    ) { target in
        target.inCleartext { _ in
            .command("P1 AUTHENTICATE PLAIN") { answer in
                guard let line = answer.final else {
                    return answer.isGoodbye
                        ? .pass("the server ended the session: \(answer.shown)")
                        : .notCheckable("AUTHENTICATE PLAIN got \(answer.shown)")
                }
                guard line.kind == .continuation else {
                    return answer.isRefused
                        ? .pass("it was refused by \(answer.shown)") : .vulnerable("it was answered by \(answer.shown)")
                }
                return .send(Array("*\r\n".utf8), awaiting: "P1") { end in
                    end.isOK
                        ? .vulnerable("the cancelled exchange ended with \(end.shown)")
                        : .vulnerable("the server asked for the password in cleartext; cancelled, it said \(end.shown)")
                }
            }
        }
    }
}
