extension Specification {
    /// RFC 4467, URLAUTH.
    static let urlAuth = Specification(
        "RFC 4467",
        "URLAUTH",
        [
            RegistryRow(
                .command,
                "GENURLAUTH",
                "asks the server to sign message URLs for others",
                shape: "GENURLAUTH 1*(SP url-rump SP mechanism)",
                section: "7",
                states: .loggedIn,
                remark: "a signed URL is a secret: whoever has it can read the message",
                related: ["URLFETCH", "RESETKEY", "BADURL"]
            ),
            RegistryRow(
                .command,
                "URLFETCH",
                "reads message data through signed URLs",
                shape: "URLFETCH 1*(SP url-full)",
                section: "7",
                states: .loggedIn,
                related: ["GENURLAUTH", "URLAUTH=BINARY", "BADURL"]
            ),
            RegistryRow(
                .command,
                "RESETKEY",
                "revokes signed URLs",
                shape: "RESETKEY [SP mailbox *(SP mechanism)]",
                section: "7",
                states: .loggedIn,
                related: ["GENURLAUTH", "URLMECH"]
            ),
            RegistryRow(
                .response,
                "GENURLAUTH",
                "signed message URLs",
                shape: #""*" SP GENURLAUTH 1*(SP url-full)"#,
                section: "8",
                related: ["URLFETCH"]
            ),
            RegistryRow(
                .response,
                "URLFETCH",
                "data behind signed URLs",
                shape: #""*" SP URLFETCH 1*(SP url-full SP nstring)"#,
                section: "8",
                related: ["GENURLAUTH", "URLAUTH=BINARY"]
            ),
            RegistryRow(
                .capability,
                "URLAUTH",
                "message URLs can be signed",
                shape: "URLAUTH",
                section: "1",
                related: ["URLAUTH=BINARY", "URL-PARTIAL", "CATENATE"]
            ),
            RegistryRow(
                .code,
                "URLMECH",
                "mechanisms for signing URLs",
                shape: #""[" URLMECH SP INTERNAL *(SP mechanism ["=" base64]) "]""#,
                section: "9",
                related: ["RESETKEY", "INTERNAL"]
            ),
            RegistryRow(
                .urlAccess,
                "submit+",
                "the submission server, for this user",
                shape: #"";URLAUTH=submit+" userid"#,
                section: "2.3",
                related: ["GENURLAUTH"]
            ),
            RegistryRow(
                .urlAccess,
                "user+",
                "this user only",
                shape: #"";URLAUTH=user+" userid"#,
                section: "2.3",
                related: ["GENURLAUTH"]
            ),
            RegistryRow(
                .urlAccess,
                "authuser",
                "every user who is logged in",
                shape: #"";URLAUTH=authuser""#,
                section: "2.3",
                related: ["GENURLAUTH"]
            ),
            RegistryRow(
                .urlAccess,
                "anonymous",
                "everybody",
                shape: #"";URLAUTH=anonymous""#,
                section: "2.3",
                related: ["GENURLAUTH"]
            ),
            RegistryRow(
                .urlMechanism,
                "INTERNAL",
                "the server signs with a key that only it knows",
                shape: "INTERNAL",
                section: "2.4",
                related: ["GENURLAUTH", "URLMECH"]
            ),
        ]
    )
}
