extension Specification {
    /// RFC 8437, UNAUTHENTICATE.
    static let unauthenticate = Specification(
        "RFC 8437",
        "UNAUTHENTICATE",
        [
            RegistryRow(
                .command,
                "UNAUTHENTICATE",
                "logs out but keeps the connection for another user",
                shape: "UNAUTHENTICATE",
                section: "2",
                states: .loggedIn,
                remark: "TLS stays; compression, SASL layers and what was enabled end",
                related: ["LOGIN", "AUTHENTICATE", "LOGOUT"]
            ),
            RegistryRow(
                .capability,
                "UNAUTHENTICATE",
                "one connection can serve several users in turn",
                shape: "UNAUTHENTICATE",
                section: "2",
                related: ["LOGOUT"]
            ),
        ]
    )
}
