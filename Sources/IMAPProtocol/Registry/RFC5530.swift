extension Specification {
    /// RFC 5530, response codes for every command.
    static let responseCodes = Specification(
        "RFC 5530",
        "Response codes",
        [
            RegistryRow(
                .code,
                "UNAVAILABLE",
                "a system behind the server is down; try later",
                shape: #""[" UNAVAILABLE "]""#,
                section: "3",
                also: "RFC 9051 section 7.1",
                related: ["BYE"]
            ),
            RegistryRow(
                .code,
                "AUTHENTICATIONFAILED",
                "wrong user name or password",
                shape: #""[" AUTHENTICATIONFAILED "]""#,
                section: "3",
                also: "RFC 9051 section 7.1",
                remark: "a server may send it for other reasons too, so as not to tell whether the user exists",
                related: ["LOGIN", "AUTHENTICATE"]
            ),
            RegistryRow(
                .code,
                "AUTHORIZATIONFAILED",
                "the password is right but acting as that user is not allowed",
                shape: #""[" AUTHORIZATIONFAILED "]""#,
                section: "3",
                also: "RFC 9051 section 7.1",
                related: ["AUTHENTICATE", "PROXYAUTH"]
            ),
            RegistryRow(
                .code,
                "EXPIRED",
                "the password or account has expired",
                shape: #""[" EXPIRED "]""#,
                section: "3",
                also: "RFC 9051 section 7.1",
                related: ["LOGIN", "AUTHENTICATE"]
            ),
            RegistryRow(
                .code,
                "PRIVACYREQUIRED",
                "allowed only with TLS",
                shape: #""[" PRIVACYREQUIRED "]""#,
                section: "3",
                also: "RFC 9051 section 7.1",
                related: ["STARTTLS", "LOGINDISABLED"]
            ),
            RegistryRow(
                .code,
                "CONTACTADMIN",
                "the user should contact the administrator",
                shape: #""[" CONTACTADMIN "]""#,
                section: "3",
                also: "RFC 9051 section 7.1",
                related: ["ALERT"]
            ),
            RegistryRow(
                .code,
                "NOPERM",
                "access rights forbid this",
                shape: #""[" NOPERM "]""#,
                section: "3",
                also: "RFC 9051 section 7.1",
                related: ["ACL", "MYRIGHTS"]
            ),
            RegistryRow(
                .code,
                "INUSE",
                "something is in use by another session",
                shape: #""[" INUSE "]""#,
                section: "3",
                also: "RFC 9051 section 7.1",
                related: ["DELETE", "SELECT"]
            ),
            RegistryRow(
                .code,
                "EXPUNGEISSUED",
                "another session removed messages meanwhile",
                shape: #""[" EXPUNGEISSUED "]""#,
                section: "3",
                also: "RFC 9051 section 7.1",
                related: ["EXPUNGE"]
            ),
            RegistryRow(
                .code,
                "CORRUPTION",
                "the server found damaged data",
                shape: #""[" CORRUPTION "]""#,
                section: "3",
                also: "RFC 9051 section 7.1",
                related: ["SERVERBUG"]
            ),
            RegistryRow(
                .code,
                "SERVERBUG",
                "the server admits a bug of its own",
                shape: #""[" SERVERBUG "]""#,
                section: "3",
                also: "RFC 9051 section 7.1",
                related: ["CORRUPTION", "CLIENTBUG"]
            ),
            RegistryRow(
                .code,
                "CLIENTBUG",
                "the server blames the client",
                shape: #""[" CLIENTBUG "]""#,
                section: "3",
                also: "RFC 9051 section 7.1",
                related: ["BAD", "SERVERBUG"]
            ),
            RegistryRow(
                .code,
                "CANNOT",
                "impossible on this server",
                shape: #""[" CANNOT "]""#,
                section: "3",
                also: "RFC 9051 section 7.1",
                related: ["CREATE", "RENAME"]
            ),
            RegistryRow(
                .code,
                "LIMIT",
                "a limit of the server was hit",
                shape: #""[" LIMIT "]""#,
                section: "3",
                also: "RFC 9051 section 7.1",
                related: ["MESSAGELIMIT", "OVERQUOTA"]
            ),
            RegistryRow(
                .code,
                "OVERQUOTA",
                "over quota",
                shape: #""[" OVERQUOTA "]""#,
                section: "3",
                also: "RFC 9051 section 7.1, RFC 9208 section 4.3.1",
                related: ["QUOTA", "APPEND", "COPY"]
            ),
            RegistryRow(
                .code,
                "ALREADYEXISTS",
                "exists already",
                shape: #""[" ALREADYEXISTS "]""#,
                section: "3",
                also: "RFC 9051 section 7.1",
                related: ["CREATE", "RENAME"]
            ),
            RegistryRow(
                .code,
                "NONEXISTENT",
                "does not exist",
                shape: #""[" NONEXISTENT "]""#,
                section: "3",
                also: "RFC 9051 section 7.1",
                related: ["DELETE", "SELECT", "TRYCREATE"]
            ),
        ]
    )
}
