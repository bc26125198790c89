import ArgumentParser

/// Options about TLS on either leg.
struct TLSOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Show clients this certificate chain (PEM) instead of minting one.", valueName: "file"))
    var cert: String?

    @Option(help: ArgumentHelp("The private key of --cert (PEM); else it stands in the same file.", valueName: "file"))
    var key: String?

    @Flag(
        inversion: .prefixedNo,
        help: "Show a certificate of yours though its peer should refuse it: expired, self-signed, of another host."
    )
    var allowBadCert: Bool?

    @Option(
        name: .customLong("client-ca"),
        help: ArgumentHelp(
            "Ask clients for a certificate and verify it against these (PEM). They may show none.",
            valueName: "file"
        )
    )
    var clientCA: String?

    @Option(
        name: .customLong("upstream-ca"),
        help: ArgumentHelp("Trust the server by these certificates (PEM) instead of the system's.", valueName: "file")
    )
    var upstreamCA: String?

    @Flag(inversion: .prefixedNo, help: "Accept any certificate of the server. Said aloud wherever it is in force.")
    var insecure: Bool?

    @Option(help: ArgumentHelp("The oldest TLS on either leg: 1.0, 1.1, 1.2 or 1.3.", valueName: "version"))
    var tlsMin: String?

    @Option(help: ArgumentHelp("Cipher suites by OpenSSL's names, separated by colons.", valueName: "list"))
    var tlsCiphers: String?

    @Option(help: ArgumentHelp("Show the server this client certificate (PEM) when it asks.", valueName: "file"))
    var upstreamCert: String?

    @Option(help: ArgumentHelp("The private key of --upstream-cert (PEM).", valueName: "file"))
    var upstreamKey: String?

    @Option(
        help: ArgumentHelp("Give up a TLS handshake on either leg after so many seconds; 30.", valueName: "seconds")
    )
    var handshakeTimeout: String?

    @Option(
        help: ArgumentHelp(
            "Append the TLS secrets of both legs to this file, for Wireshark. Without it SSLKEYLOGFILE names one.",
            valueName: "file"
        )
    )
    var keylogOut: String?

    /// What was decided.
    struct Decided: Sendable {
        var certificate: FilePath?
        var key: FilePath?
        var allowsBadCertificates: Bool
        var clientCA: FilePath?
        var upstreamCA: FilePath?
        var isInsecure: Bool
        var minimum: TLSMinimum
        var ciphers: CipherList?
        var upstreamCertificate: FilePath?
        var upstreamKey: FilePath?
        var handshakeTimeout: Int
        var keyLog: FilePath?
    }

    func decide(_ settings: inout Settings) throws -> Decided {
        let handshake: Amount<SecondBounds> = try settings.value(
            .handshakeTimeout,
            self.handshakeTimeout,
            default: Amount(30)
        )
        let decided = Decided(
            certificate: try settings.value(.cert, self.cert, absence: "minted by imapscope's authority"),
            key: try settings.value(.key, self.key, absence: "in the file of cert"),
            allowsBadCertificates: try settings.flag(.allowBadCert, self.allowBadCert),
            clientCA: try settings.value(.clientCA, self.clientCA, absence: "clients are not asked for one"),
            upstreamCA: try settings.value(.upstreamCA, self.upstreamCA, absence: "what the system trusts"),
            isInsecure: try settings.flag(.insecure, self.insecure),
            minimum: try settings.value(.tlsMin, self.tlsMin, default: .tls12),
            ciphers: try settings.value(.tlsCiphers, self.tlsCiphers, absence: "OpenSSL's choice"),
            upstreamCertificate: try settings.value(.upstreamCert, self.upstreamCert, absence: "none is shown"),
            upstreamKey: try settings.value(.upstreamKey, self.upstreamKey, absence: "in the file of upstream-cert"),
            handshakeTimeout: handshake.number,
            keyLog: try settings.value(.keylogOut, self.keylogOut, absence: "SSLKEYLOGFILE, or none")
        )
        if decided.key != nil, decided.certificate == nil {
            throw UsageError(option: "--key", text: "--cert is missing")
        }
        if decided.upstreamKey != nil, decided.upstreamCertificate == nil {
            throw UsageError(option: "--upstream-key", text: "--upstream-cert is missing")
        }
        return decided
    }
}
