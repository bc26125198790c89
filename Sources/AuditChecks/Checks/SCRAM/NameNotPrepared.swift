import IMAPProtocol
import IMAPSession
import Traffic

struct NameNotPrepared: AdoptingCheck {
    static let description = CheckDescription(
        id: "SC20",
        name: "scram-name-not-prepared",
        severity: .low,
        reference: "RFC 5802 section 5.1, RFC 4013",
        summary: "a user name is not prepared, or has , or = as it is",
        rationale: "Two servers take it for two users, or cut it at the comma.",
        remedy: "Let the client prepare names and write =2C and =3D.",
        adopts: ["sasl-name"]
    )
}
