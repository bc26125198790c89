import SASL
import Testing
import Traffic

/// The messages of an exchange in their order, before base64.
enum Line: Sendable {
    case c(String)
    case s(String)
}

/// Plays `lines` through an exchange of `mechanism`; the first one of the client is its initial response if `isInitial`.
func play(_ mechanism: String, _ lines: [Line], isInitial: Bool = false) throws -> (AuthenticationExchange, [SASLStep])
{
    var exchange = AuthenticationExchange(mechanism: try Mechanism(parsing: mechanism))
    var steps: [SASLStep] = []
    for line in lines {
        switch line {
        case .s(let text): steps.append(exchange.challenge(base64(text)))
        case .c(let text) where isInitial && steps.isEmpty: steps.append(exchange.initialResponse(base64(text)))
        case .c(let text): steps.append(exchange.response(base64(text)))
        }
    }
    return (exchange, steps)
}

extension AuthenticationExchange {
    func verdicts(_ password: String) -> Verdicts {
        var budget = VerificationBudget()
        return self.verdicts(using: .password(Secret(password)), within: &budget)
    }

    func verdicts(_ credential: Credential?) -> Verdicts {
        var budget = VerificationBudget()
        return self.verdicts(using: credential, within: &budget)
    }
}

extension SASLStep {
    func field(_ name: String) -> String? { self.fields.first { $0.name == name }?.value }

    /// Everything that anybody may see.
    var everythingShown: String {
        self.shown + "\n" + self.fields.map { "\($0.name)=\($0.value)" }.joined(separator: "\n")
    }
}

extension Verdict {
    var reason: String? {
        switch self {
        case .verified: nil
        case .wrong(let reason), .notCheckable(let reason): reason
        }
    }
}
