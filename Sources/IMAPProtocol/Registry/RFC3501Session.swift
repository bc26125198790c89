extension Specification {
    /// RFC 3501 sections 6.1 and 6.2: any state and not authenticated.
    static let imap4rev1Session = Specification(
        "RFC 3501",
        "IMAP4rev1: session and login",
        [
            RegistryRow(
                .command,
                "CAPABILITY",
                "asks what the server can do",
                shape: "CAPABILITY",
                section: "6.1.1",
                states: .any,
                also: "RFC 9051 section 6.1.1",
                related: ["ENABLE", "ID"]
            ),
            RegistryRow(
                .command,
                "NOOP",
                "does nothing; lets the server report changes and keeps the session alive",
                shape: "NOOP",
                section: "6.1.2",
                states: .any,
                also: "RFC 9051 section 6.1.2",
                related: ["IDLE", "CHECK"]
            ),
            RegistryRow(
                .command,
                "LOGOUT",
                "ends the session",
                shape: "LOGOUT",
                section: "6.1.3",
                states: .any,
                also: "RFC 9051 section 6.1.3",
                related: ["BYE", "UNAUTHENTICATE"]
            ),
            RegistryRow(
                .command,
                "STARTTLS",
                "asks to encrypt the connection with TLS",
                shape: "STARTTLS",
                section: "6.2.1",
                states: .notAuthenticated,
                also: "RFC 9051 section 6.2.1",
                remark: "TLS begins right after the line end of the tagged OK; what came before TLS must be forgotten",
                related: ["LOGINDISABLED", "PRIVACYREQUIRED", "PREAUTH"]
            ),
            RegistryRow(
                .command,
                "AUTHENTICATE",
                "starts a SASL login",
                shape: #"AUTHENTICATE SP auth-type [SP (base64 / "=")] *(CRLF base64)"#,
                section: "6.2.2",
                states: .notAuthenticated,
                also: "RFC 9051 section 6.2.2",
                remark: #"each challenge is a line that begins with "+", each answer one base64 line, "*" cancels"#,
                related: ["LOGIN", "SASL-IR", "AUTH", "AUTHENTICATIONFAILED", "AUTHORIZATIONFAILED", "EXPIRED"]
            ),
            RegistryRow(
                .command,
                "LOGIN",
                "logs in with a user name and a password",
                shape: "LOGIN SP userid SP password",
                section: "6.2.3",
                states: .notAuthenticated,
                also: "RFC 9051 section 6.2.3",
                remark: "the password is readable to whoever reads the connection: only under TLS",
                related: ["AUTHENTICATE", "LOGINDISABLED", "AUTHENTICATIONFAILED", "PRIVACYREQUIRED"]
            ),
            RegistryRow(
                .capability,
                "IMAP4rev1",
                "the base protocol, revision 1",
                shape: "IMAP4rev1",
                section: "6.1.1",
                related: ["IMAP4rev2", "IMAP4"],
                brings: []
            ),
            RegistryRow(
                .capability,
                "LOGINDISABLED",
                "LOGIN is refused here, usually until TLS is on",
                shape: "LOGINDISABLED",
                section: "6.2.3",
                also: "RFC 9051 section 6.2.3",
                related: ["LOGIN", "STARTTLS", "PRIVACYREQUIRED"]
            ),
            RegistryRow(
                .capability,
                "STARTTLS",
                "TLS can be started on this connection",
                shape: "STARTTLS",
                section: "6.2.1",
                also: "RFC 9051 section 6.2.1",
                related: ["LOGINDISABLED"],
                brings: ["STARTTLS"]
            ),
            RegistryRow(
                .capability,
                "AUTH",
                "a SASL mechanism for AUTHENTICATE",
                shape: "AUTH= auth-type",
                section: "6.1.1",
                also: "RFC 9051 section 6.1.1",
                related: ["AUTHENTICATE", "SASL-IR"],
                brings: []
            ),
            RegistryRow(
                .syntax,
                "X<atom>",
                "a command, response or capability that no RFC defines",
                shape: #""X" atom *(SP argument)"#,
                section: "6.5.1",
                related: ["CAPABILITY"]
            ),
        ]
    )
}
