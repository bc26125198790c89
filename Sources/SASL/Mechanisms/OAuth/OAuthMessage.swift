import Traffic

/// The message of a client in XOAUTH2, OAUTHBEARER or OAUTH10A: `key=value` pairs, each behind or before 0x01.
struct OAuthMessage {
    enum Form: Sendable {
        case xoauth2
        case oauthBearer
        case oauth10A

        var name: String {
            switch self {
            case .xoauth2: "XOAUTH2"
            case .oauthBearer: "OAUTHBEARER"
            case .oauth10A: "OAUTH10A"
            }
        }
    }

    struct Pair {
        var key: String
        var value: [UInt8]
    }

    /// RFC 7628 section 3.1; nil in XOAUTH2.
    private(set) var header: GS2Header?
    private(set) var pairs: [Pair] = []
    /// The message does not end in the two 0x01 that it should.
    private(set) var lacksEnd = false

    private static let limit = 32

    /// Nil if the message is of another form: of such a one nothing can be shown.
    init?(_ message: [UInt8], _ form: Form) {
        var rest = message[...]
        if form != .xoauth2 {
            guard let header = GS2Header(parsing: message) else { return nil }
            self.header = header
            rest = rest.dropFirst(header.octets.count)
            guard rest.popFirst() == 0x01 else { return nil }
        }
        if rest.suffix(2).elementsEqual([0x01, 0x01]) {
            rest = rest.dropLast(2)
        } else {
            self.lacksEnd = true
            while rest.last == 0x01 { rest = rest.dropLast() }
        }
        for part in rest.split(separator: 0x01, maxSplits: Self.limit, omittingEmptySubsequences: false) {
            guard let equals = part.firstIndex(of: UInt8(ascii: "=")), self.pairs.count < Self.limit else { return nil }
            let key = part[..<equals]
            // kvpair of RFC 7628 section 3.1: letters only.
            guard !key.isEmpty, key.count <= 16, key.allSatisfy({ ($0 | 0x20) &- 0x61 < 26 }) else { return nil }
            let value = part[(equals + 1)...]
            guard !value.contains(where: { $0 < 0x20 || $0 == 0x7f }) else { return nil }
            self.pairs.append(Pair(key: String(decoding: key, as: UTF8.self).lowercased(), value: Array(value)))
        }
        guard self.pairs.count(where: { $0.key == "auth" }) == 1 else { return nil }
        // A lost 0x01 makes the token part of what stands before it.
        guard !self.pairs.contains(where: { $0.key != "auth" && Self.mentionsToken($0.value) }),
            header.map({ !Self.mentionsToken($0.octets) }) ?? true
        else { return nil }
    }

    subscript(key: String) -> [UInt8]? { self.pairs.first { $0.key == key }?.value }

    private static func mentionsToken(_ value: [UInt8]) -> Bool {
        let text = String(decoding: value, as: UTF8.self).lowercased()
        return text.contains("auth=") || text.contains("bearer ")
    }
}
