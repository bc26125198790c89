import SASL
import Testing

/// Tokens that are put together here from RFC 4120, RFC 4121 and RFC 4178: no real ticket stands in a test.
@Suite struct GSSTests {
    static func der(_ tag: UInt8, _ parts: [UInt8]...) -> [UInt8] {
        let content = parts.flatMap { $0 }
        let count = content.count
        return [tag] + (count < 128 ? [UInt8(count)] : [0x82, UInt8(count >> 8), UInt8(count & 0xff)]) + content
    }

    static let kerberos: [UInt8] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x12, 0x01, 0x02, 0x02]
    static let spnego: [UInt8] = [0x06, 0x06, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x02]
    static let ntlm: [UInt8] = [0x06, 0x0a, 0x2b, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x02, 0x02, 0x0a]
    static let cipher = [UInt8](repeating: 0xd5, count: 200)

    static func number(_ value: UInt8) -> [UInt8] { der(0x02, [value]) }
    static func text(_ value: String) -> [UInt8] { der(0x1b, Array(value.utf8)) }
    static func encrypted(_ type: UInt8, _ cipher: [UInt8] = cipher) -> [UInt8] {
        der(0x30, der(0xa0, number(type)), der(0xa2, der(0x04, cipher)))
    }

    static func request(service: [String] = ["imap", "mail.example.org"], type: UInt8 = 18) -> [UInt8] {
        let name = der(0x30, der(0xa0, number(2)), der(0xa1, der(0x30, service.flatMap(text))))
        let ticket = der(
            0x61,
            der(
                0x30,
                der(0xa0, number(5)),
                der(0xa1, text("EXAMPLE.ORG")),
                der(0xa2, name),
                der(0xa3, encrypted(type))
            )
        )
        let message = der(
            0x6e,
            der(
                0x30,
                der(0xa0, number(5)),
                der(0xa1, number(14)),
                der(0xa2, der(0x03, [0, 0x20, 0, 0, 0])),
                der(0xa3, ticket),
                der(0xa4, encrypted(type))
            )
        )
        return der(0x60, kerberos, [0x01, 0x00], message)
    }

    private func line(_ octets: [UInt8]) -> [UInt8] { Base64.encode(octets) }

    @Test func `a Kerberos ticket names its service, and is masked whole`() {
        var exchange = AuthenticationExchange(mechanism: .gssapi)
        let step = exchange.initialResponse(self.line(Self.request()))
        #expect(
            step.summary == "Kerberos ticket for imap/mail.example.org@EXAMPLE.ORG, aes256-cts-hmac-sha1-96, masked"
        )
        #expect(step.field("realm") == "EXAMPLE.ORG" && step.field("mechanism") == "Kerberos")
        #expect(step.field("mutual-authentication") == "asked for" && step.problems.isEmpty)
        #expect(step.maskedColumns == [0..<self.line(Self.request()).count] && !step.secrets.isEmpty)
        #expect(
            exchange.verdicts("x").client.reason == "Kerberos tickets can be checked with the keys of the server only"
        )
    }

    @Test func `weak encryption and another service are problems`() {
        var exchange = AuthenticationExchange(mechanism: .gssapi)
        let step = exchange.initialResponse(self.line(Self.request(service: ["smtp", "x"], type: 23)))
        #expect(
            step.problems == [
                "Kerberos uses rc4-hmac, which must not be used (RFC 8429 section 3)",
                "Kerberos ticket is for another service than imap (RFC 4752 section 3.1)",
            ]
        )
    }

    @Test func `the security layer that both sides settle is read off`() {
        func wrap(_ message: [UInt8]) -> [UInt8] {
            [0x05, 0x04, 0x00, 0xff, 0x00, 0x0c, 0x00, 0x00] + [UInt8](repeating: 0, count: 8) + message
                + [UInt8](repeating: 0xc5, count: 12)
        }
        for (bit, name, layer) in [(UInt8(1), "none", SecurityLayer.none), (4, "confidentiality", .negotiated)] {
            var exchange = AuthenticationExchange(mechanism: .gssapi)
            _ = exchange.initialResponse(self.line(Self.request()))
            let reply = Self.der(
                0x60,
                Self.kerberos,
                [0x02, 0x00],
                Self.der(
                    0x6f,
                    Self.der(
                        0x30,
                        Self.der(0xa0, Self.number(5)),
                        Self.der(0xa1, Self.number(15)),
                        Self.der(0xa2, Self.encrypted(18, Array(0..<96)))
                    )
                )
            )
            #expect(
                exchange.challenge(self.line(reply)).summary
                    == "Kerberos reply of the server, aes256-cts-hmac-sha1-96, masked"
            )
            _ = exchange.response("")
            let offer = exchange.challenge(self.line(wrap([7, 0, 0x10, 0])))
            #expect(
                offer.summary
                    == "server offers security layer none or integrity or confidentiality, messages up to 4096 octets"
            )
            let choice = exchange.response(self.line(wrap([bit, 0, 0x10, 0] + Array("joe".utf8))))
            #expect(choice.summary.hasPrefix("client takes security layer \(name)"))
            #expect(choice.field("security-layer") == name && exchange.authorizationIdentity == "joe")
            #expect(exchange.securityLayer == layer && exchange.isComplete)
        }
    }

    @Test func `SPNEGO lists what it offers, and NTLM within it is read`() throws {
        let inner = try Base64.decode(Array(NTLMTests.negotiate.utf8))
        let token = Self.der(
            0x60,
            Self.spnego,
            Self.der(
                0xa0,
                Self.der(
                    0x30,
                    Self.der(0xa0, Self.der(0x30, Self.kerberos, Self.ntlm)),
                    Self.der(0xa2, Self.der(0x04, inner))
                )
            )
        )
        var exchange = AuthenticationExchange(mechanism: .gssSPNEGO)
        let step = exchange.initialResponse(self.line(token))
        #expect(step.summary.hasPrefix("SPNEGO offers Kerberos, NTLM; NTLM negotiate"))
        #expect(step.field("mechanisms") == "Kerberos, NTLM")
        let challenge = try Base64.decode(Array(NTLMTests.challenge.utf8))
        let answer = Self.der(
            0xa1,
            Self.der(
                0x30,
                Self.der(0xa0, Self.der(0x0a, [1])),
                Self.der(0xa1, Self.ntlm),
                Self.der(0xa2, Self.der(0x04, challenge))
            )
        )
        let server = exchange.challenge(self.line(answer))
        #expect(server.summary.hasPrefix("SPNEGO accept-incomplete, chose NTLM; NTLM challenge 0123456789abcdef"))
        let proof = try Base64.decode(Array(NTLMTests.authenticate.utf8))
        let last = exchange.response(self.line(Self.der(0xa1, Self.der(0x30, Self.der(0xa2, Self.der(0x04, proof))))))
        #expect(last.user == "User" && last.summary.contains("NTLMv2 response masked"))
    }

    @Test func `every cut and every damaged octet is masked, whatever is understood of it`() {
        let token = Self.request()
        for index in token.indices {
            var damaged = token
            damaged[index] ^= 0x81
            for octets in [damaged, Array(token[..<index])] where !octets.isEmpty {
                var exchange = AuthenticationExchange(mechanism: .gssapi)
                let text = self.line(octets)
                let step = exchange.initialResponse(text)
                #expect(step.maskedColumns == [0..<text.count], "octet \(index)")
                #expect(!step.everythingShown.contains("d5d5d5"))
            }
        }
    }
}
