import IMAPSession
import SASL
import Traffic

struct WeakKerberosEncryption: Check {
    static let description = CheckDescription(
        id: "M12",
        name: "weak-kerberos-encryption",
        severity: .medium,
        reference: "RFC 8429 section 3, RFC 6649 section 2",
        summary: "Kerberos with an encryption that is out of use",
        rationale:
            "Keys of DES can be found by trying all; keys of RC4 are made of the password without salt, so that a ticket of a service is enough to try passwords.",
        remedy: "Give the service and its users AES keys, and turn the old types off at the KDC."
    )
    static let moments: Moments = .sasl

    func look(at moment: Moment, _ audit: Audit) {
        guard case .sasl(let message, let step) = moment else { return }
        for name in ["ticket-encryption", "authenticator-encryption", "reply-encryption"] {
            guard let type = step.field(name) else { continue }
            let isDES = type.hasPrefix("des-")
            guard isDES || type.hasPrefix("des3-") || type.hasPrefix("rc4-") else { continue }
            audit.report(
                "\(name.replacing("-", with: " ")) of Kerberos is \(type)",
                blame: message.direction == .client ? .client : .server,
                severity: isDES ? .high : nil
            )
            return
        }
    }
}
