import IMAPWire
import SASL
import Traffic

/// Lines that are no message, or not a whole one.
extension Finding {
    static func messageCut(direction: Direction, at offset: UInt64) -> Finding {
        Finding(
            id: "message-cut",
            severity: .low,
            blame: direction == .client ? .client : .server,
            direction: direction,
            offset: offset,
            text: "the connection ended inside a line",
            reference: "RFC 9051 section 2.2"
        )
    }

    static func unparsed(_ direction: Direction, at offset: UInt64) -> Finding {
        Finding(
            id: direction == .client ? "not-a-command" : "not-a-response",
            severity: .medium,
            blame: direction == .client ? .client : .server,
            direction: direction,
            offset: offset,
            text: direction == .client ? "not a command" : "neither tagged, untagged nor a continuation request",
            reference: direction == .client ? "RFC 9051 section 2.2.1" : "RFC 9051 section 2.2.2"
        )
    }

    static func emptyLine(_ direction: Direction, at offset: UInt64) -> Finding {
        Finding(
            id: "empty-line",
            severity: .low,
            blame: direction == .client ? .client : .server,
            direction: direction,
            offset: offset,
            text: "an empty line",
            reference: "RFC 9051 section 2.2"
        )
    }

    static func truncated(_ direction: Direction, _ exceeded: WireLimitExceeded, at offset: UInt64) -> Finding {
        let (id, text) =
            switch exceeded {
            case .messageText(let limit, let actual):
                ("message-truncated", "only \(limit) of the \(actual) octets of this message are kept")
            case .literals(let limit, let actual):
                ("literals-truncated", "only \(limit) of the \(actual) literals of this message are listed")
            }
        return Finding(
            id: id,
            severity: .info,
            blame: .imapscope,
            direction: direction,
            offset: offset,
            text: text,
            reference: "the limit of imapscope"
        )
    }

    static func desynchronised(_ direction: Direction, held limit: Int, at offset: UInt64) -> Finding {
        Finding(
            id: "desynchronised",
            severity: .medium,
            blame: direction == .client ? .client : .server,
            direction: direction,
            offset: offset,
            text: "more than \(limit) octets arrived while their meaning was undecided; they are relayed unread",
            reference: "the limit of imapscope"
        )
    }

    static func saslProblem(_ problem: SASLProblem, blame direction: Direction, at offset: UInt64) -> Finding {
        let parts = self.split(problem: problem.text)
        return Finding(
            id: problem.kind.rawValue,
            severity: problem.kind.severity,
            blame: direction == .client ? .client : .server,
            direction: direction,
            offset: offset,
            text: parts.text,
            reference: parts.reference
        )
    }

    /// A problem names the document of its mechanism at its end, in parentheses; AUTHENTICATE itself is where it does not.
    private static func split(problem: String) -> (text: String, reference: String) {
        guard problem.hasSuffix(")"), let start = problem.ranges(of: " (").last else {
            return (problem, "RFC 9051 section 6.2.2")
        }
        let reference = problem[start.upperBound...].dropLast()
        guard reference.hasPrefix("RFC ") || reference.hasPrefix("MS-") else {
            return (problem, "RFC 9051 section 6.2.2")
        }
        return (String(problem[..<start.lowerBound]), String(reference))
    }
}

extension SASLProblem.Kind {
    /// How much it matters if it is no slip.
    fileprivate var severity: Severity {
        switch self {
        // Somebody stands between, or one side does not check what the whole mechanism rests on.
        case .nonce, .binding: .critical
        case .serverNonce, .iterations: .high
        case .mandatoryExtension, .attributes, .salt, .token, .tokenUser, .oauthMessage: .medium
        case .other, .base64, .form, .initialResponse, .initialResponseForm, .furtherMessage, .name, .acknowledgement: .low
        }
    }
}
