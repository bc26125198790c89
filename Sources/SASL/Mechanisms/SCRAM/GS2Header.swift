/// What a client's first message says of channel binding and of whom to act as: the header of GS2 (RFC 5801 section 4),
/// which SCRAM and OAUTHBEARER begin with.
public struct GS2Header: Sendable, Hashable {
    public enum Binding: Sendable, Hashable {
        /// `n`: the client cannot bind.
        case unsupported
        /// `y`: the client could, but saw no mechanism with `-PLUS` offered.
        case notOffered
        /// `p=`: bound by the method of this registered name, such as `tls-exporter`.
        case required(String)

        /// For a person.
        public var text: String {
            switch self {
            case .unsupported: "no channel binding"
            case .notOffered: "channel binding possible, but the client saw none offered"
            case .required(let name): "channel binding \(name)"
            }
        }
    }

    public let binding: Binding
    /// As it stands in the message, `=2C` and `=3D` not yet decoded; nil if there is none.
    public let authorizationIdentity: [UInt8]?
    /// The header as it was sent.
    public let octets: [UInt8]

    /// Reads it off the beginning of a message. What is behind it is `message.dropFirst(octets.count)`.
    public init?(parsing message: [UInt8]) {
        guard let comma = message.firstIndex(of: UInt8(ascii: ",")) else { return nil }
        switch message[..<comma] {
        case [UInt8(ascii: "n")]: self.binding = .unsupported
        case [UInt8(ascii: "y")]: self.binding = .notOffered
        case let flag:
            guard flag.starts(with: [UInt8(ascii: "p"), UInt8(ascii: "=")]), Self.isName(flag.dropFirst(2)) else {
                return nil
            }
            self.binding = .required(String(decoding: flag.dropFirst(2), as: UTF8.self))
        }
        let rest = message[(comma + 1)...]
        guard let end = rest.firstIndex(of: UInt8(ascii: ",")) else { return nil }
        let identity = rest[..<end]
        if identity.isEmpty {
            self.authorizationIdentity = nil
        } else {
            guard identity.starts(with: [UInt8(ascii: "a"), UInt8(ascii: "=")]) else { return nil }
            self.authorizationIdentity = Array(identity.dropFirst(2))
        }
        self.octets = Array(message[...end])
    }

    /// cb-name: letters, digits, "." and "-"; the longest registered one has 20 octets.
    private static func isName(_ name: ArraySlice<UInt8>) -> Bool {
        !name.isEmpty && name.count <= 40
            && name.allSatisfy { ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x2d || $0 == 0x2e }
    }

    /// A saslname without its escapes (RFC 5802 section 5.1); `isValid` is false if a `=` stands for nothing.
    static func unescape(_ name: some Collection<UInt8>) -> (octets: [UInt8], isValid: Bool) {
        var octets: [UInt8] = []
        var isValid = true
        var rest = Array(name)[...]
        while let octet = rest.popFirst() {
            guard octet == UInt8(ascii: "=") else {
                octets.append(octet)
                continue
            }
            switch rest.prefix(2) {
            case [UInt8(ascii: "2"), UInt8(ascii: "C")]: octets.append(UInt8(ascii: ","))
            case [UInt8(ascii: "3"), UInt8(ascii: "D")]: octets.append(UInt8(ascii: "="))
            default:
                isValid = false
                octets.append(octet)
                continue
            }
            rest = rest.dropFirst(2)
        }
        return (octets, isValid)
    }
}

/// What a client claims to be bound to, to be compared with the TLS connection.
public struct ChannelBindingClaim: Sendable, Hashable {
    public let header: GS2Header
    /// The octets of the `c=` field behind the header; nil until they were sent.
    public internal(set) var data: [UInt8]?

    public init(header: GS2Header, data: [UInt8]? = nil) {
        self.header = header
        self.data = data
    }
}
