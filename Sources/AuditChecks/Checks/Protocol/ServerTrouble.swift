import IMAPProtocol
import IMAPSession

struct ServerTrouble: Check {
    static let description = CheckDescription(
        id: "P15",
        name: "server-trouble",
        severity: .info,
        reference: "RFC 5530 section 3, RFC 9051 section 7.1.5",
        summary: "the server hung up, or said that something is wrong with it or with the client",
        rationale: "These codes tell why a session fails: a limit, a lock, a slip of one side.",
        remedy: "Read the code: it says whether waiting, another account or a report to the vendor helps.",
        adopts: ["P15"]
    )
    static let moments: Moments = [.earlyUntagged, .notice, .completion]

    func look(at moment: Moment, _ audit: Audit) {
        let message: Message
        switch moment {
        case .untagged(let line): message = line
        // Answers to logins have a check of their own.
        case .completion(let line, let exchange)
        where exchange?.command != .login && exchange?.command != .authenticate:
            message = line
        default: return
        }
        // A goodbye is told by the session, with its code.
        guard message.response != .bye, let code = audit.code(of: message), let meaning = Self.meanings[code]
        else { return }
        audit.report("[\(code)]: \(meaning)", blame: code == "CLIENTBUG" ? .client : .server)
    }

    private static let meanings = [
        "UNAVAILABLE": "a part of the server does not answer now", "LIMIT": "a limit of the server is reached",
        "OVERQUOTA": "the user has no room left", "INUSE": "another session holds what is asked for",
        "SERVERBUG": "the server has found a slip of its own",
        "CLIENTBUG": "the server takes this for a slip of the client",
        "CORRUPTION": "data of the server are damaged", "CONTACTADMIN": "the user has to ask an administrator",
    ]
}
