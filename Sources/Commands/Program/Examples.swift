/// A right command line for each command, shown beneath a wrong one.
enum Examples {
    /// The example for the command that `arguments` name, or the way to the list of commands.
    static func line(for arguments: [String]) -> String {
        switch arguments.first(where: { !$0.hasPrefix("-") }) {
        case "proxy":
            "imapscope proxy --listen imap://127.0.0.1:1143 --upstream imap://mail.example.org (imapscope proxy --help "
                + "lists every option)"
        case "parse":
            "imapscope parse --from client session.client (imapscope parse --help lists every option)"
        case "explain":
            "imapscope explain COPYUID (imapscope explain --help lists every option)"
        case "sasl":
            "imapscope sasl decode CRAM-MD5 PDEuMkBob3N0Pg== (imapscope sasl --help lists what it can do)"
        case "probe":
            "imapscope probe server imap://mail.example.org (imapscope probe server --help lists every option)"
        case "demo":
            "imapscope demo --detail 3 (imapscope demo --help lists every option)"
        case "rules":
            "imapscope rules fields (imapscope rules --help lists what it can do)"
        case "ca":
            "imapscope ca export > imapscope-ca.pem (imapscope ca --help lists what it can do)"
        default:
            "imapscope --help, which lists the commands"
        }
    }
}
