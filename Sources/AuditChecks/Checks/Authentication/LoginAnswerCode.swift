import IMAPProtocol
import IMAPSession
import Traffic

struct LoginAnswerCode: Check {
    static let description = CheckDescription(
        id: "A11",
        name: "login-answer-code",
        severity: .info,
        reference: "RFC 5530 section 3",
        summary: "the server says why it answered a login as it did",
        rationale: "The code tells what the human text leaves open.",
        remedy: "Read the code: it says whether another password, TLS, waiting or an administrator helps."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, let code = attempt.code, let meaning = Self.meanings[code]
        else { return }
        audit.report("[\(code)]: \(meaning)", blame: .server, direction: .server)
    }

    private static let meanings = [
        "AUTHENTICATIONFAILED": "user or password is wrong, and the server does not say which",
        "AUTHORIZATIONFAILED": "the password is right, but the user may not act as the other one",
        "EXPIRED": "the password was right once, and has expired",
        "PRIVACYREQUIRED": "the server wants TLS first",
        "CONTACTADMIN": "the user has to ask an administrator",
        "UNAVAILABLE": "a part of the server does not answer now, such as its user database",
        "INUSE": "another session holds what is asked for",
        "LIMIT": "a limit of the server is reached, such as connections per user",
    ]
}
