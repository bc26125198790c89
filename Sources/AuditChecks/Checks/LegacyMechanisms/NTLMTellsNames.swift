import IMAPSession
import SASL
import Traffic

struct NTLMTellsNames: Check {
    static let description = CheckDescription(
        id: "M09",
        name: "ntlm-tells-names",
        severity: .low,
        reference: "MS-NLMP sections 2.2.1.2 and 2.2.2.1",
        summary: "the server tells its names and version to anybody who begins NTLM",
        rationale:
            "Names of computer, domain and forest and the version of the system help who looks for a way in, before any login.",
        remedy: "Turn NTLM off where clients do not need it."
    )
    static let moments: Moments = .sasl

    func look(at moment: Moment, _ audit: Audit) {
        guard case .sasl(let message, let step) = moment, message.direction == .server,
            let mechanism = audit.session.attempt?.mechanism, ["NTLM", "GSS-SPNEGO"].contains(mechanism),
            step.field("server-challenge") != nil
        else { return }
        let names = ["netbios-computer", "netbios-domain", "dns-computer", "dns-domain", "dns-forest", "version"]
        var told = names.compactMap { name in step.field(name).map { "\(name) \($0.cited)" } }
        if told.isEmpty, let target = step.field("target") { told.append("target \(target.cited)") }
        guard !told.isEmpty else { return }
        audit.report("before any login the server tells \(told.joined(separator: ", "))", blame: .server)
    }
}
