import ArgumentParser

/// The command tree.
struct Imapscope: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "imapscope",
        abstract: "See what a mail client and an IMAP server say to each other.",
        discussion: """
            EXAMPLES:
              imapscope proxy --upstream imap://mail.example.org
                  then let the mail client connect to 127.0.0.1, port 1143, without encryption
              imapscope decode capture.pcapng
                  the same transcript from a packet capture
              imapscope demo
                  see a whole session at once, no server needed
              imapscope parse --from server session.server
                  frame and explain the raw octets that a server sent
              imapscope explain COPYUID
                  say what a command, code, capability or line is, and where that is written
            """,
        version: Version.text,
        subcommands: [
            ProxyCommand.self, DecodeCommand.self, SniffCommand.self, SessionsCommand.self, ConvertCommand.self,
            AuditCommand.self, ParseCommand.self,
            ProbeCommand.self, ExplainCommand.self,
            SASLCommand.self,
            DemoCommand.self, RulesCommand.self,
            CACommand.self,
            GenerateCommand.self,
        ]
    )
}
