extension Specification {
    /// RFC 4467, URLAUTH.
    static let urlAuth = Specification(
        "RFC 4467",
        "URLAUTH",
        [
            .command("GENURLAUTH", "asks the server to sign message URLs for others"),
            .command("URLFETCH", "reads message data through signed URLs"),
            .command("RESETKEY", "revokes signed URLs"),
            .response("GENURLAUTH", "signed message URLs"),
            .response("URLFETCH", "data behind signed URLs"),
            .capability("URLAUTH", "message URLs can be signed"),
            .capability("URLAUTH=BINARY", "decoded data through signed URLs"),
            .capability("URL-PARTIAL", "URLs can name a range of octets"),
            .code("URLMECH", "mechanisms for signing URLs"),
        ]
    )
}
