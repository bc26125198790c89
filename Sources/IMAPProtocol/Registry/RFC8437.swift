extension Specification {
    /// RFC 8437, UNAUTHENTICATE.
    static let unauthenticate = Specification(
        "RFC 8437",
        "UNAUTHENTICATE",
        [
            .command("UNAUTHENTICATE", "logs out but keeps the connection for another user"),
            .capability("UNAUTHENTICATE", "one connection can serve several users in turn"),
        ]
    )
}
