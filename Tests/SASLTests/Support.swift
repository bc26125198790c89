import SASL
import Traffic

/// A line as it stands on the wire.
func base64(_ text: String) -> [UInt8] { Base64.encode(Array(text.utf8)) }

extension AuthenticationExchange {
    mutating func initialResponse(_ text: String) -> SASLStep { self.initialResponse(Array(text.utf8).span.bytes) }
    mutating func challenge(_ text: String) -> SASLStep { self.challenge(Array(text.utf8).span.bytes) }
    mutating func response(_ text: String) -> SASLStep { self.response(Array(text.utf8).span.bytes) }
    mutating func response(_ bytes: [UInt8]) -> SASLStep { self.response(bytes.span.bytes) }
    mutating func challenge(_ bytes: [UInt8]) -> SASLStep { self.challenge(bytes.span.bytes) }
    mutating func initialResponse(_ bytes: [UInt8]) -> SASLStep { self.initialResponse(bytes.span.bytes) }
}

extension SASLStep {
    /// The values to mask as text.
    var secretTexts: [String] {
        self.secrets.map { secret in secret.withBytes { String(decoding: $0, as: UTF8.self) } }
    }

    /// All of the step that anybody may see.
    var shown: String {
        let names = [self.user ?? "", self.authorizationIdentity ?? ""]
        return ([self.summary, self.challenge ?? ""] + names + self.problems.map(\.text)).joined(separator: "\n")
    }
}

/// Every way in which a value is turned into text by accident.
func everyDescription(of value: Any) -> [String] {
    var dumped = ""
    dump(value, to: &dumped)
    return [String(describing: value), String(reflecting: value), dumped, "\(value)"] + mirrored(value)
}

private func mirrored(_ value: Any) -> [String] {
    Mirror(reflecting: value).children.flatMap { [String(describing: $0.value)] + mirrored($0.value) }
}
