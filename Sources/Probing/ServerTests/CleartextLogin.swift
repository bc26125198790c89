import IMAPProtocol

extension ServerProbe {
    /// LOGIN before TLS, with a user and a password that nobody has.
    public static let cleartextLogin = ServerProbe(
        id: "cleartext-login",
        title: "LOGIN of an invented user before TLS: is LOGINDISABLED announced and honoured",
        reference: "RFC 9051 sections 6.2.3 and 11.1; RFC 5530 section 3",
        remedy: "refuse logins before TLS and announce LOGINDISABLED (Dovecot: disable_plaintext_auth = yes)",
        failingLogins: 1
    ) { target in
        target.inCleartext { _ in
            .command("C1 CAPABILITY") { capability in
                let announced = capability.capabilities?.contains("LOGINDISABLED") ?? false
                let offer = announced ? "LOGINDISABLED is announced" : "LOGINDISABLED is not announced"
                return .login(.invented) { answer in
                    guard let answer else { return .notCheckable("no more logins may fail") }
                    if answer.isOK {
                        return .vulnerable("an invented user was logged in in cleartext: \(answer.shown)")
                    }
                    guard let line = answer.final, answer.isRefused else {
                        return answer.isGoodbye
                            ? .pass("\(offer); the server ended the session: \(answer.shown)")
                            : .notCheckable("\(offer); LOGIN got \(answer.shown)")
                    }
                    let code = line.code.first
                    if code == "AUTHENTICATIONFAILED" || code == "AUTHORIZATIONFAILED" || code == "EXPIRED" {
                        return .vulnerable("\(offer), and the password was checked in cleartext: \(answer.shown)")
                    }
                    if code == "PRIVACYREQUIRED" || answer.status == .bad || announced {
                        let text = "\(offer); LOGIN was refused by \(answer.shown)"
                        return announced ? .pass(text) : .weak(text)
                    }
                    return .weak(
                        "\(offer); LOGIN was refused by \(answer.shown), which does not tell whether the password was checked"
                    )
                }
            }
        }
    }
}
