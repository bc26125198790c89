/// A deviation from a mechanism's specification, in words, and of which kind it is. Two are the same when they say the same.
public struct SASLProblem: Sendable, ExpressibleByStringInterpolation {
    /// What audits ask for. Its raw value is the name of the finding.
    public enum Kind: String, Sendable, CaseIterable {
        case other = "sasl"
        case base64 = "sasl-base64"
        /// A message that has not the parts that its mechanism asks for.
        case form = "sasl-form"
        case initialResponse = "sasl-initial-response"
        case initialResponseForm = "sasl-initial-response-form"
        case furtherMessage = "sasl-further-message"
        /// A name that is not prepared, or not escaped.
        case name = "sasl-name"
        case attributes = "scram-attributes"
        case mandatoryExtension = "scram-mandatory-extension"
        case nonce = "scram-nonce"
        case serverNonce = "scram-server-nonce"
        case salt = "scram-salt"
        case iterations = "scram-iterations"
        case binding = "scram-binding"
        case token = "oauth-token"
        case tokenUser = "oauth-token-user"
        case oauthMessage = "oauth-message"
        case acknowledgement = "oauth-acknowledgement"
    }

    public var text: String
    public var kind: Kind

    public init(_ text: String, kind: Kind = .other) {
        self.text = text
        self.kind = kind
    }

    public init(stringLiteral text: String) { self.init(text) }
}

extension SASLProblem: Hashable {
    public static func == (one: SASLProblem, other: SASLProblem) -> Bool { one.text == other.text }
    public func hash(into hasher: inout Hasher) { hasher.combine(self.text) }
}

extension SASLProblem: CustomStringConvertible {
    public var description: String { self.text }
}
