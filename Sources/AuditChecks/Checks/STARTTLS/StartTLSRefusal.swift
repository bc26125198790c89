import IMAPProtocol
import IMAPSession

/// What a client does when it gets no TLS.
enum StartTLSRefusal {
    /// Whether a login begins, and in the clear as far as a refusal of STARTTLS is concerned.
    static func isLogin(_ moment: Moment, _ audit: Audit) -> Bool {
        guard case .command(let message) = moment, message.command == .login || message.command == .authenticate else {
            return false
        }
        return audit.session.startTLS == .established || !audit.session.clientIsSecure
    }
}
