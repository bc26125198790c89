import IMAPSession
import Traffic

struct WeakNTLMResponse: Check {
    static let description = CheckDescription(
        id: "M08",
        name: "weak-ntlm-response",
        severity: .high,
        reference: "MS-NLMP sections 3.3.1 and 5.1",
        summary: "an NTLM response that can be broken or relayed",
        rationale:
            "LM and NTLMv1 responses give the password away to whoever tries long enough; without integrity code and channel binding a response can be relayed to another server.",
        remedy: "Allow NTLMv2 alone, with integrity code and channel binding; better, turn NTLM off."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, ["NTLM", "GSS-SPNEGO"].contains(attempt.mechanism),
            let response = attempt.chosen("response"), response != "anonymous"
        else { return }
        func tell(_ text: String, _ severity: Severity? = nil) {
            audit.report(text, blame: .client, severity: severity, direction: .client, offset: attempt.offset)
        }
        guard response.hasPrefix("NTLMv2") else { return tell("the client sent an \(response)") }
        let bindsChannel = attempt.chosen("channel-bindings").map { $0 != "none" } ?? false
        if attempt.chosen("integrity-code") != "present" {
            tell(
                "the NTLMv2 response has no integrity code"
                    + (bindsChannel ? "" : " and no channel binding: it can be relayed")
            )
        } else if !bindsChannel, !attempt.isInTheClear {
            tell("the NTLMv2 response is not bound to the TLS channel: it can be relayed", .medium)
        }
    }
}
