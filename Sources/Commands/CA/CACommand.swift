import ArgumentParser

/// `imapscope ca`
struct CACommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ca",
        abstract: "Show or export the certificate authority that mail clients have to trust.",
        discussion: """
            imapscope makes the authority when it is first needed, for this user only. With it, it makes a certificate \
            for every server name that a client asks for. The private key never leaves its file.

            EXAMPLES:
              imapscope ca show
              imapscope ca export > imapscope-ca.pem
              imapscope ca export --format der --output imapscope-ca.cer
            """,
        subcommands: [ShowCommand.self, ExportCommand.self]
    )

    /// `imapscope ca show`
    struct ShowCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Name, fingerprint, validity and files of the authority.",
            discussion: """
                EXAMPLES:
                  imapscope ca show
                """
        )

        func run() throws {
            let output = StandardOutput()
            try CARun().show(to: output)
            try output.finish()
        }
    }

    /// `imapscope ca export`
    struct ExportCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: "Write the authority's certificate, never its key.",
            discussion: """
                pem is what programs on Linux, Thunderbird, mutt and curl take; der (.cer) suits Windows, macOS, iOS, \
                Android and Java; p12 holds the certificate under an empty password.

                EXAMPLES:
                  imapscope ca export > imapscope-ca.pem
                  imapscope ca export --format der -o imapscope-ca.cer
                  imapscope ca export --format p12 -o imapscope-ca.p12
                """
        )

        @Option(help: ArgumentHelp("pem, der or p12; pem if not given.", valueName: "format"))
        var format: String?

        @Option(name: .shortAndLong, help: ArgumentHelp("Write here, not to standard output.", valueName: "file"))
        var output: String?

        func run() throws {
            var format = CertificateFormat.pem
            if let text = self.format {
                guard let known = CertificateFormat(rawValue: text) else {
                    throw UsageError(option: "--format", text: "“\(text)” is not one of pem, der, p12")
                }
                format = known
            }
            let standardOutput = StandardOutput()
            try CARun().export(format, path: self.output, to: standardOutput)
            try standardOutput.finish()
        }
    }
}
