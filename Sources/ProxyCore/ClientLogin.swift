import IMAPProtocol
import IMAPSession
import IMAPWire
import SASL
import Traffic

/// Who a client says it is. Its password or token is not looked at.
enum ClientLogin {
    /// Mechanisms whose server can be played without knowing the user: what the client sends depends on nothing.
    static let playable: Set<String> = ["PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER"]

    /// The user of a LOGIN command (RFC 9051 section 6.2.3).
    static func user(ofLOGIN text: RawSpan, arguments: Int) -> [UInt8]? {
        var tokenizer = Tokenizer(literalPrefix: WireLimits.standard.literalPrefix)
        tokenizer.reset(to: arguments)
        guard let token = tokenizer.next(in: text), token.isString else { return nil }
        return text.stringOctets(of: token)
    }

    /// The words of AUTHENTICATE: the mechanism in capitals, and the initial response (RFC 4959).
    static func words(ofAUTHENTICATE text: RawSpan, arguments: Int) -> (mechanism: String, response: [UInt8]?) {
        let line = text.extracting(min(arguments, text.byteCount)..<max(arguments, ResponseHead.contentEnd(text)))
        let words = line.withUnsafeBytes { $0.split(separator: 0x20) }
        let mechanism = words.first.map { String(decoding: $0, as: UTF8.self).uppercased() } ?? ""
        return (mechanism, words.count > 1 ? Array(words[1]) : nil)
    }

    /// The user in a response in base64; nil when there is none.
    static func user(of mechanism: String, in response: [UInt8]) -> [UInt8]? {
        let message = Base64.decodeTolerantly(response).bytes
        switch mechanism {
        case "LOGIN": return message.isEmpty ? nil : message
        case "PLAIN":
            do throws(PlainMessage.Problem) {
                return try PlainMessage(parsing: message).user
            } catch {
                return nil
            }
        case "XOAUTH2":
            return message.split(separator: 1).first { $0.starts(with: "user=".utf8) }.map { Array($0.dropFirst(5)) }
        case "OAUTHBEARER":
            // The gs2-header of RFC 5801 section 4: `n,a=user,`.
            return message.split(separator: UInt8(ascii: ",")).first { $0.starts(with: "a=".utf8) }
                .map { Array($0.dropFirst(2)) }
        default: return nil
        }
    }
}
