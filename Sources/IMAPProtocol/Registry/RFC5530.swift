extension Specification {
    /// RFC 5530, Response codes.
    static let responseCodes = Specification(
        "RFC 5530",
        "Response codes",
        [
            .code("UNAVAILABLE", "a system behind the server is down; try later"),
            .code("AUTHENTICATIONFAILED", "wrong user name or password"),
            .code("AUTHORIZATIONFAILED", "the password is right but acting as that user is not allowed"),
            .code("EXPIRED", "the password or account has expired"),
            .code("PRIVACYREQUIRED", "allowed only with TLS"),
            .code("CONTACTADMIN", "the user should contact the administrator"),
            .code("NOPERM", "access rights forbid this"),
            .code("INUSE", "something is in use by another session"),
            .code("EXPUNGEISSUED", "another session removed messages meanwhile"),
            .code("CORRUPTION", "the server found damaged data"),
            .code("SERVERBUG", "the server admits a bug of its own"),
            .code("CLIENTBUG", "the server blames the client"),
            .code("CANNOT", "impossible on this server"),
            .code("LIMIT", "a limit of the server was hit"),
            .code("OVERQUOTA", "over quota"),
            .code("ALREADYEXISTS", "exists already"),
            .code("NONEXISTENT", "does not exist"),
        ]
    )
}
