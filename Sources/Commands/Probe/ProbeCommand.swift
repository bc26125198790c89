import ArgumentParser

/// `imapscope probe`
struct ProbeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe",
        abstract: "Test one server or one client actively, for what no look at its sessions can tell.",
        discussion: """
            EXAMPLES:
              imapscope probe server imap://mail.example.org
              imapscope probe server imaps://mail.example.org --yes --format json
              imapscope probe client -l imap://127.0.0.1:1143
            """,
        subcommands: [ProbeServerCommand.self, ProbeClientCommand.self]
    )
}
