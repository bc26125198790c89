import ArgumentParser

/// `imapscope probe`
struct ProbeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe",
        abstract: "Test one server actively, for what no look at its sessions can tell.",
        discussion: """
            EXAMPLES:
              imapscope probe server imap://mail.example.org
              imapscope probe server imaps://mail.example.org --yes --format json
            """,
        subcommands: [ProbeServerCommand.self]
    )
}
