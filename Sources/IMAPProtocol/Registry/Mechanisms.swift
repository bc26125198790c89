extension Specification {
    /// SASL mechanisms seen with IMAP (IANA registry and vendors).
    static let mechanisms = Specification(
        "IANA",
        "SASL mechanisms",
        [
            .mechanism("PLAIN", "sends the password as it is"),
            .mechanism("LOGIN", "sends user name and password as they are, one after the other"),
            .mechanism("CRAM-MD5", "proves the password by HMAC-MD5 over a challenge"),
            .mechanism("DIGEST-MD5", "proves the password by MD5; may add a security layer"),
            .mechanism("SCRAM-SHA-1", "proves the password by salted SHA-1, both ways"),
            .mechanism("SCRAM-SHA-1-PLUS", "SCRAM-SHA-1 bound to the TLS channel"),
            .mechanism("SCRAM-SHA-256", "proves the password by salted SHA-256, both ways"),
            .mechanism("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256 bound to the TLS channel"),
            .mechanism("SCRAM-SHA-512", "proves the password by salted SHA-512, both ways"),
            .mechanism("SCRAM-SHA-512-PLUS", "SCRAM-SHA-512 bound to the TLS channel"),
            .mechanism("XOAUTH2", "sends an OAuth access token"),
            .mechanism("OAUTHBEARER", "sends an OAuth bearer token"),
            .mechanism("OAUTH10A", "signs with OAuth 1.0a"),
            .mechanism("NTLM", "proves a Windows password by challenge and response"),
            .mechanism("GSSAPI", "uses a Kerberos ticket; may add a security layer"),
            .mechanism("GSS-SPNEGO", "negotiates Kerberos or NTLM; may add a security layer"),
            .mechanism("GS2-KRB5", "uses a Kerberos ticket"),
            .mechanism("KERBEROS_V4", "uses a Kerberos 4 ticket; may add a security layer"),
            .mechanism("EXTERNAL", "takes the identity from outside, usually a TLS client certificate"),
            .mechanism("ANONYMOUS", "logs in without identity"),
            .mechanism("OTP", "one-time password"),
            .mechanism("SKEY", "one-time password"),
            .mechanism("PLAIN-CLIENTTOKEN", "Google's token login"),
            .mechanism("XYMCOOKIE", "Yahoo's cookie login"),
            .mechanism("XYMECOOKIE", "Yahoo's cookie login"),
            .mechanism("XYMCOOKIEB64", "Yahoo's cookie login"),
            .mechanism("XYMPKI", "Yahoo's key login"),
        ]
    )
}
