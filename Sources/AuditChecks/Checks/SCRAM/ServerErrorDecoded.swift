import IMAPProtocol
import IMAPSession
import Traffic

struct ServerErrorDecoded: Check {
    static let description = CheckDescription(
        id: "SC21",
        name: "scram-server-error",
        severity: .info,
        reference: "RFC 5802 section 7",
        summary: "the server says why it refuses the proof",
        rationale: "Two of these words mean that somebody stands between client and server.",
        remedy: "Look at the word: it says which side has to be mended."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.isSCRAM, let error = attempt.offered("server-error")
        else { return }
        let isAttack = ["server-does-support-channel-binding", "channel-bindings-dont-match"].contains(error)
        audit.report(
            isAttack && audit.session.isProxied
                ? "e=\(error.cited): imapscope ends TLS between client and server, or changed the list"
                : "e=\(error.cited)",
            blame: isAttack ? .server : .client,
            severity: isAttack ? .critical : .info,
            isOurs: isAttack && audit.session.isProxied,
            direction: .server
        )
    }
}
