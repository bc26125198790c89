import Traffic

/// Whether the octets after a successful authentication are wrapped (RFC 4422 section 3.7).
public enum SecurityLayer: Sendable, Hashable {
    case none
    /// The exchange says so in the clear.
    case negotiated
    /// The exchange says it under encryption: only the octets that follow tell.
    case undecided

    init(_ mechanism: Mechanism?) {
        switch mechanism {
        // What the client answers decides.
        case .digestMD5: self = .none
        default: self = mechanism?.properties?.mayInstallSecurityLayer == true ? .undecided : .none
        }
    }

    /// What the `qop` of a DIGEST-MD5 response asks for; nil when there is none, which means `auth` (RFC 2831
    /// section 2.1.2).
    init?(digestResponse response: [UInt8]) {
        var rest = response[...]
        while !rest.isEmpty {
            let directive = Self.takeDirective(&rest)
            guard directive.name == "qop" else { continue }
            self = directive.value == "auth-int" || directive.value == "auth-conf" ? .negotiated : .none
            return
        }
        return nil
    }

    /// Takes `name=value` or `name="value"` and the comma behind it. Commas may stand between quotes.
    private static func takeDirective(_ rest: inout ArraySlice<UInt8>) -> (name: String, value: String) {
        var isQuoted = false
        var isEscaped = false
        var end = rest.startIndex
        while end < rest.endIndex, isQuoted || rest[end] != UInt8(ascii: ",") {
            if isEscaped {
                isEscaped = false
            } else if rest[end] == UInt8(ascii: "\\") {
                isEscaped = isQuoted
            } else if rest[end] == UInt8(ascii: "\"") {
                isQuoted.toggle()
            }
            end += 1
        }
        let directive = rest[..<end]
        rest = rest[end...].dropFirst()
        let parts = directive.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        func word(_ octets: ArraySlice<UInt8>?) -> String {
            String(decoding: (octets ?? []).filter { $0 > 0x20 && $0 != UInt8(ascii: "\"") }, as: UTF8.self)
                .lowercased()
        }
        return (word(parts.first), word(parts.dropFirst().first))
    }
}
