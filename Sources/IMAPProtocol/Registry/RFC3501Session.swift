extension Specification {
    /// RFC 3501 sections 6.1 and 6.2: any state and not authenticated.
    static let imap4rev1Session = Specification(
        "RFC 3501",
        "IMAP4rev1: session and login",
        [
            .command("CAPABILITY", "asks what the server can do"),
            .command("NOOP", "does nothing; lets the server report changes and keeps the session alive"),
            .command("LOGOUT", "ends the session"),
            .command("STARTTLS", "asks to encrypt the connection with TLS"),
            .command("AUTHENTICATE", "starts a SASL login"),
            .command("LOGIN", "logs in with a user name and a password"),
            .capability("IMAP4rev1", "the base protocol, revision 1"),
            .capability("LOGINDISABLED", "LOGIN is refused here, usually until TLS is on"),
            .capability("STARTTLS", "TLS can be started on this connection"),
            .capability("AUTH", "a SASL mechanism for AUTHENTICATE"),
        ]
    )
}
