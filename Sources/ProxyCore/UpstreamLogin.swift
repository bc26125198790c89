import RuleEngine
import SASL
import Traffic

/// What a server gets in place of a client's login: octets that are sent, each after the server asked for it.
struct UpstreamLogin {
    enum Problem: Error, Hashable {
        /// The client said no name, and the rule says none.
        case noUser
        /// NUL can stand in no login.
        case containsNUL
    }

    /// The first is sent at once, each further one when the server sends a continuation request.
    var pieces: [[UInt8]]
    /// What is shown of it.
    var shown: String

    /// - Parameters:
    ///   - allowsInitialResponse: whether the server lists SASL-IR.
    ///   - server: who the token is for (RFC 7628 section 3.1).
    init(
        _ substitution: LoginSubstitution,
        user clientUser: [UInt8]?,
        tag: [UInt8],
        allowsInitialResponse: Bool,
        server: Endpoint
    ) throws(Problem) {
        let named = substitution.user.map { Array($0.utf8) } ?? clientUser
        guard let user = named, !user.isEmpty else { throw .noUser }
        let hasNUL = substitution.secret.withBytes { $0.contains(0) }
        guard !hasNUL, !user.contains(0) else { throw .containsNUL }
        let start = tag + [0x20]
        let shownTag = String(decoding: tag, as: UTF8.self)
        guard substitution.method != .login else {
            var line = StringWriter(start + "LOGIN ".utf8)
            line.append(user)
            line.appendSpace()
            line.append(substitution.secret.withBytes { Array($0) })
            self.pieces = line.finish()
            self.shown = "\(shownTag) LOGIN \(String(decoding: user, as: UTF8.self)) ‹masked›"
            return
        }
        let mechanism = substitution.method.rawValue.uppercased()
        let response = Base64.encode(Self.message(substitution, user, server))
        let command = start + "AUTHENTICATE \(mechanism)".utf8
        let cancel = Array("*\r\n".utf8)
        let lineEnd: [UInt8] = [0x0D, 0x0A]
        self.pieces =
            allowsInitialResponse
            ? [command + [0x20] + response + lineEnd] : [command + lineEnd, response + lineEnd]
        // A token that is refused is refused by a challenge, which wants an answer before the tagged NO.
        switch substitution.method {
        case .xoauth2: self.pieces.append(lineEnd)
        // RFC 7628 section 3.2.3: one octet 0x01.
        case .oauthbearer: self.pieces.append(Array("AQ==\r\n".utf8))
        case .plain, .login: break
        }
        self.pieces.append(cancel)
        self.shown = "\(shownTag) AUTHENTICATE \(mechanism) ‹masked›"
    }

    private static func message(_ substitution: LoginSubstitution, _ user: [UInt8], _ server: Endpoint) -> [UInt8] {
        substitution.secret.withBytes { secret in
            switch substitution.method {
            case .login, .plain: return [0] + user + [0] + secret
            case .xoauth2: return "user=".utf8 + user + [1] + "auth=Bearer ".utf8 + secret + [1, 1]
            case .oauthbearer:
                // `=` and `,` have a meaning in the gs2-header (RFC 5801 section 4).
                let name = user.flatMap { octet -> [UInt8] in
                    switch octet {
                    case UInt8(ascii: "="): Array("=3D".utf8)
                    case UInt8(ascii: ","): Array("=2C".utf8)
                    default: [octet]
                    }
                }
                let host = "host=\(server.host)".utf8
                let port = "port=\(server.port)".utf8
                let gs2 = "n,a=".utf8 + name + [UInt8(ascii: ","), 1]
                return gs2 + host + [1] + port + [1] + "auth=Bearer ".utf8 + secret + [1, 1]
            }
        }
    }
}

/// Writes the strings of a command, quoted where they can be, else as synchronizing literals, which every server takes.
private struct StringWriter {
    private var pieces: [[UInt8]] = []
    private var piece: [UInt8]

    init(_ start: [UInt8]) {
        self.piece = start
    }

    mutating func appendSpace() { self.piece.append(0x20) }

    mutating func append(_ value: [UInt8]) {
        if value.allSatisfy({ (0x20...0x7E).contains($0) }) {
            self.piece.append(UInt8(ascii: "\""))
            for octet in value {
                if octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "\\") { self.piece.append(UInt8(ascii: "\\")) }
                self.piece.append(octet)
            }
            self.piece.append(UInt8(ascii: "\""))
        } else {
            self.pieces.append(self.piece + "{\(value.count)}\r\n".utf8)
            self.piece = value
        }
    }

    func finish() -> [[UInt8]] { self.pieces + [self.piece + [0x0D, 0x0A]] }
}
