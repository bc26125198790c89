import ArgumentParser

/// The options of commands that read captures for the keys of TLS in them.
struct DecryptionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Decrypt TLS with the secrets of this file, as SSLKEYLOGFILE and --keylog-out write it; repeats. It may grow.",
            valueName: "file"
        )
    )
    var keylog: [String] = []

    @Option(
        help: ArgumentHelp(
            "Decrypt TLS with the server's private RSA key (PEM), where the key exchange is RSA; repeats.",
            valueName: "file"
        )
    )
    var tlsKey: [String] = []

    struct Decided: Sendable {
        var keyLogs: [FilePath]
        var privateKeys: [FilePath]
    }

    func decide(_ settings: inout Settings) throws -> Decided {
        Decided(
            keyLogs: try settings.values(.keylog, self.keylog, default: []),
            privateKeys: try settings.values(.tlsKey, self.tlsKey, default: [])
        )
    }
}
