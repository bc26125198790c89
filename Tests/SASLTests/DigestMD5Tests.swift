import SASL
import Testing
import Traffic

@Suite struct DigestMD5Tests {
    struct Vector: Sendable {
        var service: String
        var nonce: String
        var clientNonce: String
        var response: String
        var rspauth: String

        var challenge: String {
            "realm=\"elwood.innosoft.com\",nonce=\"\(self.nonce)\",qop=\"auth\",algorithm=md5-sess,charset=utf-8"
        }
        var answer: String {
            "charset=utf-8,username=\"chris\",realm=\"elwood.innosoft.com\",nonce=\"\(self.nonce)\",nc=00000001,"
                + "cnonce=\"\(self.clientNonce)\",digest-uri=\"\(self.service)/elwood.innosoft.com\","
                + "response=\(self.response),qop=auth"
        }
        var lines: [Line] { [.s(self.challenge), .c(self.answer), .s("rspauth=\(self.rspauth)"), .c("")] }
    }

    /// RFC 2831 section 4.
    static let vectors = [
        Vector(
            service: "imap",
            nonce: "OA6MG9tEQGm2hh",
            clientNonce: "OA6MHXh6VqTrRk",
            response: "d388dad90d4bbd760a152321f2143af7",
            rspauth: "ea40f60335c427b5527b84dbabcdfffd"
        ),
        Vector(
            service: "acap",
            nonce: "OA9BSXrbuRhWay",
            clientNonce: "OA9BSuZWMSpW8m",
            response: "6084c6db3fede7352c551284490fd0fc",
            rspauth: "2f0b3d7c3c2e486600ef710726aa2eae"
        ),
    ]

    @Test(arguments: vectors)
    func `both proofs of a known exchange are verified, and neither is shown`(vector: Vector) throws {
        let (exchange, steps) = try play("DIGEST-MD5", vector.lines)
        #expect(exchange.isComplete && exchange.user == "chris" && exchange.securityLayer == .none)
        #expect(exchange.verdicts("secret") == Verdicts(client: .verified, server: .verified))
        #expect(
            exchange.verdicts("Secret").client
                == .wrong(reason: "the response was not made with the given password and realm")
        )
        #expect(
            exchange.verdicts("Secret").server
                == .wrong(reason: "the server proof was not made with the given password")
        )
        for step in steps {
            #expect(!step.everythingShown.contains(vector.response) && !step.everythingShown.contains(vector.rspauth))
        }
        #expect(steps[0].field("realm") == "elwood.innosoft.com" && steps[0].field("nonce") == vector.nonce)
        #expect(steps[1].field("cnonce") == vector.clientNonce && steps[1].field("nc") == "00000001")
        #expect(steps[1].field("digest-uri") == "\(vector.service)/elwood.innosoft.com")
        #expect(steps[1].summary.hasSuffix("response masked") && steps[2].summary == "server proof (rspauth) masked")
        #expect(steps[1].problems.isEmpty == (vector.service == "imap"))
    }

    @Test func `a stored hash verifies too, another realm does not`() throws {
        let hash = DigestMD5.hash(
            user: Array("chris".utf8),
            realm: Array("elwood.innosoft.com".utf8),
            password: Secret("secret")
        )
        let other = DigestMD5.hash(user: Array("chris".utf8), realm: [], password: Secret("secret"))
        let (exchange, _) = try play("DIGEST-MD5", Self.vectors[0].lines)
        #expect(exchange.verdicts(.digestMD5Hash(hash)) == Verdicts(client: .verified, server: .verified))
        #expect(exchange.verdicts(.digestMD5Hash(other)).client.isVerified == false)
    }

    @Test func `a right password for another nonce is told apart from a wrong password`() throws {
        var lines = Self.vectors[0].lines
        lines[0] = .s(Self.vectors[0].challenge.replacing("OA6MG9tEQGm2hh", with: "another"))
        let (exchange, steps) = try play("DIGEST-MD5", lines)
        #expect(exchange.verdicts("secret").client.reason?.hasPrefix("the client answered another nonce") == true)
        #expect(steps[1].problems == ["DIGEST-MD5 nonce is not the one of the server (RFC 2831 section 2.1.2)"])
    }

    @Test func `a layer that is asked for, and what was not offered`() throws {
        let answer = Self.vectors[0].answer.replacing("qop=auth", with: "qop=auth-conf,cipher=rc4,authzid=\"admin\"")
        let (exchange, steps) = try play("DIGEST-MD5", [.s(Self.vectors[0].challenge), .c(answer)])
        #expect(exchange.securityLayer == .negotiated && exchange.authorizationIdentity == "admin")
        #expect(steps[1].summary.contains("protection auth-conf, cipher rc4"))
        #expect(steps[1].problems == ["DIGEST-MD5 protection was not offered (RFC 2831 section 2.1.2)"])
    }

    @Test(arguments: [
        "username=\"chris\",response=d388dad90d4bbd760a152321f2143af7",
        "username=\"chris,nonce=\"a\",cnonce=\"b\",digest-uri=\"imap/x\",response=d388dad90d4bbd760a152321f2143af7",
        "username=chris,nonce=\"a\",cnonce=\"b,response=d388dad90d4bbd760a152321f2143af7\",digest-uri=\"imap/x\",response=d388dad90d4bbd760a152321f2143af8",
        "hello", "", "chris secret",
    ])
    func `a response of another form is masked whole`(answer: String) throws {
        let (exchange, steps) = try play("DIGEST-MD5", [.s(Self.vectors[0].challenge), .c(answer)])
        #expect(steps[1].summary == "malformed response masked" && steps[1].fields.isEmpty && steps[1].user == nil)
        #expect(!steps[1].everythingShown.contains("d388dad90d4b") && !steps[1].everythingShown.contains("secret"))
        #expect(exchange.verdicts("secret").client == .notCheckable(reason: "no well-formed response was seen"))
    }

    @Test func `names and passwords of ISO 8859-1 are tried in both character sets`() throws {
        // Computed with Python: MD5 over "jürgen" and "paß" in ISO 8859-1.
        let hash = DigestMD5.hash(
            user: [0x6a, 0xfc, 0x72, 0x67, 0x65, 0x6e],
            realm: Array("r".utf8),
            password: Secret([0x70, 0x61, 0xdf])
        )
        let parameters = DigestMD5.Parameters(
            nonce: Array("n".utf8),
            clientNonce: Array("c".utf8),
            digestURI: Array("imap/h".utf8)
        )
        let digits = DigestMD5.response(hash: hash, parameters).withBytes { String(decoding: $0, as: UTF8.self) }
        let (exchange, _) = try play(
            "DIGEST-MD5",
            [
                .s("realm=\"r\",nonce=\"n\",qop=\"auth\",algorithm=md5-sess,charset=utf-8"),
                .c(
                    "charset=utf-8,username=\"jürgen\",realm=\"r\",nonce=\"n\",nc=00000001,cnonce=\"c\",digest-uri=\"imap/h\",response=\(digits),qop=auth"
                ),
            ]
        )
        #expect(exchange.verdicts("paß").client == .verified)
    }
}
