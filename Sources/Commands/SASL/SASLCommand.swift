import ArgumentParser

/// `imapscope sasl`
struct SASLCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sasl",
        abstract: "Messages of authentications by hand: explain them, verify them, compute a client's answer.",
        discussion: """
            EXAMPLES:
              imapscope sasl decode PDE4NTY1MTU5ODI1OTMyOTYuMTU3Nzc0OTgwOUBibHVlZmluLnA+
              imapscope sasl decode --password-prompt CRAM-MD5 < lines-of-the-exchange
              imapscope sasl compute CRAM-MD5 --user drichards --challenge PDEuMkBob3N0Pg== --password-prompt
            """,
        subcommands: [SASLDecodeCommand.self, SASLComputeCommand.self]
    )
}
