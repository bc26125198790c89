public import IMAPProtocol
import Traffic

/// One response of the server, as far as a test judges it.
public struct ProbeLine: Sendable, Hashable {
    public var kind: ResponseHead.Kind
    /// Of a tagged response.
    public var tag: String
    public var status: Status?
    /// The words of the bracketed response code (RFC 9051 section 7.1), the first in capitals; none without one.
    public var code: [String]
    /// What follows the status and its code, or the whole rest of another response. From the wire: an output escapes it.
    public var text: String
    /// What a CAPABILITY response or code lists; nil where there is none.
    public var capabilities: [String]?

    /// No text is kept beyond this.
    private static let limit = 2000

    public init(_ octets: [UInt8]) {
        let head = ResponseHead(octets.span.bytes)
        let end = max(ResponseHead.contentEnd(octets.span.bytes), head.arguments)
        self.kind = head.kind
        self.tag = head.kind == .tagged ? String(decoding: octets[head.tag], as: UTF8.self) : ""
        self.status = head.kind == .tagged || head.kind == .untagged ? head.status : nil
        var rest = String(decoding: octets[head.arguments..<end].prefix(Self.limit), as: UTF8.self)[...]
        var code: [String] = []
        if self.status != nil, rest.first == "[", let close = rest.firstIndex(of: "]") {
            code = rest[..<close].dropFirst().split(separator: " ").map(String.init)
            rest = rest[close...].dropFirst()
        }
        if !code.isEmpty { code[0] = code[0].uppercased() }
        self.code = code
        self.text = String(rest.drop { $0 == " " })
        let name = String(decoding: octets[head.name], as: UTF8.self).uppercased()
        if code.first == "CAPABILITY" {
            self.capabilities = code.dropFirst().map { $0.uppercased() }
        } else if head.kind == .untagged, name == "CAPABILITY" {
            self.capabilities = rest.split(separator: " ").map { $0.uppercased() }
        }
    }

    /// Such as `NO [AUTHENTICATIONFAILED] Authentication failed.`
    public var shown: String {
        var parts: [String] = []
        if let status { parts.append(status.name) }
        if !self.code.isEmpty { parts.append("[\(self.code.joined(separator: " "))]") }
        if !self.text.isEmpty { parts.append(self.text) }
        let shown = parts.joined(separator: " ")
        return shown.count > 160 ? shown.prefix(160) + "…" : shown
    }
}
