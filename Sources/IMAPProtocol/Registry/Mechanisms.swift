extension Specification {
    /// SASL mechanisms seen with IMAP (IANA registry and vendors).
    static let mechanisms = Specification(
        "IANA",
        "SASL mechanisms",
        [
            RegistryRow(
                .mechanism,
                "PLAIN",
                "sends the password as it is",
                shape: "[authzid] NUL authcid NUL passwd",
                section: "2",
                document: "RFC 4616",
                remark: "only under TLS",
                related: ["LOGIN", "SASL-IR", "AUTHENTICATE"]
            ),
            RegistryRow(
                .mechanism,
                "LOGIN",
                "sends user name and password as they are, one after the other",
                shape: "user name, then password, each a line of base64",
                section: "1",
                document: "draft-murchison-sasl-login",
                remark: "only under TLS; PLAIN does the same in one step",
                related: ["PLAIN", "AUTHENTICATE"]
            ),
            RegistryRow(
                .mechanism,
                "CRAM-MD5",
                "proves the password by HMAC-MD5 over a challenge",
                shape: "answer: user SP 32 hexadecimal digits, HMAC-MD5 of the challenge",
                section: "2",
                document: "RFC 2195",
                remark: "deprecated; the password can be guessed offline from what passes",
                related: ["SCRAM-SHA-256", "AUTHENTICATE"]
            ),
            RegistryRow(
                .mechanism,
                "DIGEST-MD5",
                "proves the password by MD5; may add a security layer",
                shape: "challenge and answer: key=value pairs, separated by commas",
                section: "2.1",
                document: "RFC 2831",
                also: "RFC 6331",
                remark: "historic",
                related: ["SCRAM-SHA-256"]
            ),
            RegistryRow(
                .mechanism,
                "SCRAM-SHA-1",
                "proves the password by salted SHA-1, both ways",
                shape: "n,,n=user,r=nonce / r=nonce,s=salt,i=count / c=binding,r=nonce,p=proof / v=signature",
                section: "5",
                document: "RFC 5802",
                related: ["SCRAM-SHA-256", "SCRAM-SHA-1-PLUS"]
            ),
            RegistryRow(
                .mechanism,
                "SCRAM-SHA-1-PLUS",
                "SCRAM-SHA-1 bound to the TLS channel",
                shape: "p=binding,,n=user,r=nonce ... as SCRAM-SHA-1",
                section: "6",
                document: "RFC 5802",
                remark: "fails through a proxy that ends TLS, as it is meant to",
                related: ["SCRAM-SHA-1"]
            ),
            RegistryRow(
                .mechanism,
                "SCRAM-SHA-256",
                "proves the password by salted SHA-256, both ways",
                shape: "n,,n=user,r=nonce / r=nonce,s=salt,i=count / c=binding,r=nonce,p=proof / v=signature",
                section: "3",
                document: "RFC 7677",
                related: ["SCRAM-SHA-1", "SCRAM-SHA-256-PLUS"]
            ),
            RegistryRow(
                .mechanism,
                "SCRAM-SHA-256-PLUS",
                "SCRAM-SHA-256 bound to the TLS channel",
                shape: "p=binding,,n=user,r=nonce ... as SCRAM-SHA-256",
                section: "3",
                document: "RFC 7677",
                remark: "fails through a proxy that ends TLS, as it is meant to",
                related: ["SCRAM-SHA-256"]
            ),
            RegistryRow(
                .mechanism,
                "SCRAM-SHA-512",
                "proves the password by salted SHA-512, both ways",
                shape: "n,,n=user,r=nonce ... as SCRAM-SHA-256",
                section: "1",
                document: "draft-melnikov-scram-sha-512",
                related: ["SCRAM-SHA-256"]
            ),
            RegistryRow(
                .mechanism,
                "SCRAM-SHA-512-PLUS",
                "SCRAM-SHA-512 bound to the TLS channel",
                shape: "p=binding,,n=user,r=nonce ... as SCRAM-SHA-256",
                section: "1",
                document: "draft-melnikov-scram-sha-512",
                remark: "fails through a proxy that ends TLS, as it is meant to",
                related: ["SCRAM-SHA-512"]
            ),
            RegistryRow(
                .mechanism,
                "XOAUTH2",
                "sends an OAuth access token",
                shape: "user=address ^A auth=Bearer token ^A ^A",
                document: "Google",
                remark: "after a failure the server sends JSON and the client an empty line",
                related: ["OAUTHBEARER"]
            ),
            RegistryRow(
                .mechanism,
                "OAUTHBEARER",
                "sends an OAuth bearer token",
                shape: "n,a=authzid, ^A key=value ^A ... ^A ^A",
                section: "3.1",
                document: "RFC 7628",
                remark: "after a failure the server sends JSON and the client one ^A",
                related: ["XOAUTH2"]
            ),
            RegistryRow(
                .mechanism,
                "OAUTH10A",
                "signs with OAuth 1.0a",
                shape: "n,a=authzid, ^A key=value ^A ... ^A ^A",
                section: "3",
                document: "RFC 7628",
                related: ["OAUTHBEARER"]
            ),
            RegistryRow(
                .mechanism,
                "NTLM",
                "proves a Windows password by challenge and response",
                shape: "NEGOTIATE, CHALLENGE, AUTHENTICATE: binary messages that begin with NTLMSSP",
                document: "MS-NLMP",
                remark: "deprecated",
                related: ["GSS-SPNEGO"]
            ),
            RegistryRow(
                .mechanism,
                "GSSAPI",
                "uses a Kerberos ticket; may add a security layer",
                shape: "GSS-API tokens, then 4 octets that choose the security layer",
                section: "3",
                document: "RFC 4752",
                remark: "what follows is opaque when a security layer is chosen",
                related: ["GSS-SPNEGO", "GS2-KRB5"]
            ),
            RegistryRow(
                .mechanism,
                "GSS-SPNEGO",
                "negotiates Kerberos or NTLM; may add a security layer",
                shape: "SPNEGO tokens",
                document: "Microsoft",
                also: "RFC 4178",
                related: ["GSSAPI", "NTLM"]
            ),
            RegistryRow(
                .mechanism,
                "GS2-KRB5",
                "uses a Kerberos ticket",
                shape: "gs2-header, then Kerberos tokens",
                section: "3",
                document: "RFC 5801",
                related: ["GSSAPI"]
            ),
            RegistryRow(
                .mechanism,
                "KERBEROS_V4",
                "uses a Kerberos 4 ticket; may add a security layer",
                shape: "Kerberos 4 ticket and authenticator",
                section: "7.1",
                document: "RFC 2222",
                remark: "obsolete",
                related: ["GSSAPI"]
            ),
            RegistryRow(
                .mechanism,
                "EXTERNAL",
                "takes the identity from outside, usually a TLS client certificate",
                shape: "[authzid]",
                section: "A",
                document: "RFC 4422",
                related: ["AUTHENTICATE"]
            ),
            RegistryRow(
                .mechanism,
                "ANONYMOUS",
                "logs in without identity",
                shape: "[trace text]",
                section: "2",
                document: "RFC 4505",
                related: ["AUTHENTICATE"]
            ),
            RegistryRow(
                .mechanism,
                "OTP",
                "one-time password",
                shape: "challenge: otp-hash number seed ext / answer: hex: or word: and the password",
                section: "3",
                document: "RFC 2444",
                related: ["SKEY"]
            ),
            RegistryRow(
                .mechanism,
                "SKEY",
                "one-time password",
                shape: "challenge: number seed / answer: six words",
                section: "7.3",
                document: "RFC 2222",
                remark: "obsolete",
                related: ["OTP"]
            ),
        ]
    )
}
