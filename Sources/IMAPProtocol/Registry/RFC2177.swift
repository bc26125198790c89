extension Specification {
    /// RFC 2177, IDLE.
    static let idle = Specification(
        "RFC 2177",
        "IDLE",
        [
            RegistryRow(
                .command,
                "IDLE",
                "waits for the server to report changes",
                shape: "IDLE CRLF DONE",
                section: "3",
                states: .loggedIn,
                also: "RFC 9051 section 6.3.13",
                remark:
                    #"the server answers "+" and then reports changes at any time until DONE; clients renew it before 30 minutes have passed"#,
                related: ["DONE", "NOOP", "NOTIFY", "EXISTS"]
            ),
            RegistryRow(
                .capability,
                "IDLE",
                "the server can push changes",
                shape: "IDLE",
                section: "3",
                related: ["NOTIFY", "NOOP"]
            ),
            RegistryRow(
                .syntax,
                "DONE",
                "ends IDLE: a line of the client without a tag",
                shape: "DONE CRLF",
                section: "3",
                also: "RFC 9051 section 6.3.13",
                related: ["IDLE"]
            ),
        ]
    )
}
