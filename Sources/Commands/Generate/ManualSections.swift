import Reporting

/// Sections of the program's page that the description of the arguments does not hold.
enum ManualSections {
    static let files = """
        .SH FILES
        .TP
        \(RoffText.italic("$XDG_CONFIG_HOME/imapscope/config.yaml"))
        \(RoffText.escaped("Settings: every option by its long name, at the top or under the name of a command."))
        .TP
        \(RoffText.italic("$XDG_DATA_HOME/imapscope"))
        \(RoffText.escaped("The certificate authority, made on first use and readable by its owner only."))

        """

    static let environment: String = {
        let variables = [
            ("NO_COLOR", "No colours, whatever the terminal can do."),
            ("CLICOLOR_FORCE", "Colours even where the output is no terminal."),
            ("XDG_CONFIG_HOME, XDG_DATA_HOME", "Where settings and the certificate authority are kept."),
            ("SSLKEYLOGFILE", "The proxy writes TLS secrets there, as browsers do."),
        ]
        return ".SH ENVIRONMENT\n"
            + variables.map { ".TP\n\(RoffText.bold($0.0))\n\(RoffText.escaped($0.1))\n" }.joined()
    }()

    static let exitStatus =
        ".SH EXIT STATUS\n"
        + ExitCode.allCases.map { code in
            ".TP\n\(RoffText.bold(String(code.rawValue)))\n\(RoffText.escaped(ManualSections.meaning(of: code)))\n"
        }.joined()

    private static func meaning(of code: ExitCode) -> String {
        switch code {
        case .done: "Done; also a proxy that SIGINT or SIGTERM ended."
        case .findings: "Findings at or above the limit that was asked for, or differences."
        case .usage: "The command line is wrong."
        case .dataError: "The input is damaged or of another kind, or a name is not known."
        case .noInput: "The input cannot be read."
        case .unavailable: "The server cannot be reached, or the address to listen on is in use."
        case .software: "A fault of imapscope."
        case .cannotCreate: "A file cannot be created."
        case .ioError: "Output cannot be written."
        case .noPermission: "Not permitted."
        case .configuration: "The configuration file is wrong."
        case .interrupted: "Interrupted by SIGINT."
        case .terminated: "Ended by SIGTERM."
        }
    }
}
