import IMAPSession

struct CertificateRefusedByClient: AdoptingCheck {
    static let description = CheckDescription(
        id: "X04",
        name: "certificate-refused-by-client",
        severity: .info,
        reference: "RFC 8446 section 6.2",
        summary: "no TLS between the client and imapscope",
        rationale:
            "As a rule the client does not trust the certificate that imapscope shows: our CA is not installed, or the client pins the certificate of its server.",
        remedy:
            "Install the CA of imapscope where the client looks, or give imapscope the certificate and key of the server.",
        adopts: ["client-tls-failed", "client-left-after-handshake"]
    )
}
