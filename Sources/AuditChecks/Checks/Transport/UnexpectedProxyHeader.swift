import IMAPProtocol
import IMAPSession
import Traffic

struct UnexpectedProxyHeader: AdoptingCheck {
    static let description = CheckDescription(
        id: "T17",
        name: "proxy-header",
        severity: .medium,
        reference: "PROXY protocol, version 2 section 5",
        summary: "a header of the PROXY protocol names the client",
        rationale: "Whoever may send it chooses the address that logs and limits see.",
        remedy: "Accept it from the load balancer's addresses only.",
        adopts: ["proxy-header"]
    )
}
