import Cryptography
import SASL
import Testing
import Traffic

@Suite struct SCRAMTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        var mechanism: String
        var clientFirst: String
        var serverFirst: String
        var binding = "biws"
        var proof: String
        var signature: String

        var testDescription: String { self.mechanism }
        var nonce: String { String(self.serverFirst.dropFirst(2).prefix { $0 != "," }) }
        var clientFinal: String { "c=\(self.binding),r=\(self.nonce),p=\(self.proof)" }
        var lines: [Line] {
            [.c(self.clientFirst), .s(self.serverFirst), .c(self.clientFinal), .s("v=\(self.signature)"), .c("")]
        }
    }

    static let first256 = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO"
    static let server256 =
        "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"

    /// RFC 5802 section 5, RFC 7677 section 3; the others have the inputs of the latter and were computed with Python.
    static let vectors = [
        Vector(
            mechanism: "SCRAM-SHA-1",
            clientFirst: "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL",
            serverFirst: "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
            proof: "v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
            signature: "rmF9pqV8S7suAoZWja4dJRkFsKQ="
        ),
        Vector(
            mechanism: "SCRAM-SHA-256",
            clientFirst: first256,
            serverFirst: server256,
            proof: "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
            signature: "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="
        ),
        Vector(
            mechanism: "SCRAM-SHA-512",
            clientFirst: first256,
            serverFirst: server256,
            proof: "gMGXRcevScNtxZ6/8lQYpGtnsNAc3mGcmNomv+xnoOMw+3R2xNJdMNnzMlTN8PPC6wdp6dybEmDYXYTxwnYPJQ==",
            signature: "ZQnYEgWQMFmmsM8aQMF0nDDCy/AgCzkwk8CmMZYcMg0vSVlKDanekLtifDSeVGT4+5ZxXnJq199RVG2rR7N7Zw=="
        ),
        Vector(
            mechanism: "SCRAM-SHA3-512",
            clientFirst: first256,
            serverFirst: server256,
            proof: "37RsC22bKqUDfdmJ5ojfviHvJllSdNm2pyi9QVvIdOiHyF0wT3YozEvf3gshtz82VmdOVhubuDdqfxM+xQZ5hg==",
            signature: "edmhgVenO1ZjN28/CvW/bI1M7pSbZXyvB7z136xUDz/Do6nvzXZoBNJx5pQQ+Vt/7PT3yGAf9Yv6CyHFeT9wIA=="
        ),
        Vector(
            mechanism: "SCRAM-SHA-256-PLUS",
            clientFirst: "p=tls-exporter,,n=user,r=rOprNGfwEbeRWgbNEkqO",
            serverFirst: server256,
            binding: "cD10bHMtZXhwb3J0ZXIsLAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
            proof: "QC6CS20quADQRb3mT99YUH+n3VJxUvzuK0K0E1Vrs2M=",
            signature: "2GiAgapEppLVlUXbxUDksL3VgYHzuqiK5tR4mhJGgvs="
        ),
    ]

    @Test(arguments: vectors)
    func `both proofs of a known exchange are verified, and neither is shown`(vector: Vector) throws {
        let (exchange, steps) = try play(vector.mechanism, vector.lines)
        #expect(exchange.isComplete && exchange.user == "user")
        #expect(exchange.verdicts("pencil") == Verdicts(client: .verified, server: .verified))
        let wrong = exchange.verdicts("pencil2")
        #expect(wrong.client == .wrong(reason: "the client proof was not made with the given password"))
        #expect(wrong.server == .wrong(reason: "the server signature was not made with the given password"))
        #expect(steps.flatMap(\.problems) == [])
        for step in steps {
            #expect(!step.everythingShown.contains(vector.proof) && !step.everythingShown.contains(vector.signature))
        }
        #expect(steps[0].field("client-nonce") == "\(vector.clientFirst.split(separator: "r=")[1])")
        #expect(steps[1].field("nonce") == vector.nonce)
        #expect(steps[1].field("iteration-count") == "4096")
        #expect(steps[1].summary.hasSuffix("4096 iterations"))
        #expect(steps[2].secretTexts.contains(vector.proof) && steps[3].secretTexts.contains(vector.signature))
        #expect(steps[3].summary == "server signature masked" && steps[4].summary == "server signature acknowledged")
    }

    @Test func `the channel binding that a client claims can be compared by others`() throws {
        let (exchange, steps) = try play("SCRAM-SHA-256-PLUS", Self.vectors[4].lines)
        #expect(exchange.channelBinding?.header.binding == .required("tls-exporter"))
        #expect(exchange.channelBinding?.data == Array(0..<32))
        #expect(steps[2].summary.hasPrefix("bound to tls-exporter 000102"))
        #expect(steps[0].field("gs2-cbind-flag") == "p")
    }

    @Test func `an identity to act as, and names with escapes`() throws {
        let (exchange, steps) = try play("SCRAM-SHA-256", [.c("y,a=ad=2Cmin,n=us=3Der,r=abcdef")])
        #expect(exchange.user == "us=er" && exchange.authorizationIdentity == "ad,min")
        #expect(steps[0].summary.contains("user us=er acting as ad,min, client nonce abcdef"))
        #expect(steps[0].summary.contains("but the client saw none offered"))
        let (_, bad) = try play("SCRAM-SHA-256", [.c("n,,n=us=er,r=abcdef")])
        #expect(bad[0].problems == ["SCRAM-SHA-256 name has a = that is not =2C or =3D (RFC 5802 section 5.1)"])
    }

    /// A proof for whatever the messages say, as a client without scruples makes it.
    static func proof(_ first: String, _ server: String, _ final: String, salt: String, iterations: Int) throws
        -> String
    {
        let octets = try Base64.decode(Array(salt.utf8))
        let salted = try SCRAM.saltedPassword(Secret("pencil"), salt: octets, iterations: iterations, using: .sha256)
        let key = try SCRAM.clientKey(of: salted, using: .sha256)
        let message = Array("\(first.dropFirst(3)),\(server),\(final)".utf8)
        let proof = try SCRAM.clientProof(
            key,
            storedKey: try SCRAM.storedKey(of: key, using: .sha256),
            authMessage: message,
            using: .sha256
        )
        return String(decoding: Base64.encode(proof.withBytes { [UInt8]($0) }), as: UTF8.self)
    }

    @Test(
        arguments: [
            (
                "r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", "c=biws,r=other",
                "the server's nonce does not extend the client's"
            ),
            (
                "r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", "c=biws,r=rOprNGfwEbeRWgbNEkqO",
                "the server's nonce does not extend the client's"
            ),
            (server256, "c=biws,r=rOprNGfwEbeRWgbNEkqO", "the client answered another nonce than the server's"),
            (
                server256, "c=eSws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0",
                "the channel binding does not fit the first message"
            ),
            (
                server256, "c=biwsAAEC,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0",
                "the channel binding does not fit the first message"
            ),
        ]
    )
    func `a right password with a wrong nonce or binding is told apart from a wrong password`(
        server: String,
        final: String,
        reason: String
    ) throws {
        let proof = try Self.proof(Self.first256, server, final, salt: "W22ZaJ0SNY7soEsUEjb6gQ==", iterations: 4096)
        let (exchange, steps) = try play("SCRAM-SHA-256", [.c(Self.first256), .s(server), .c("\(final),p=\(proof)")])
        #expect(
            exchange.verdicts("pencil").client
                == .wrong(reason: "\(reason), although the proof fits the given password")
        )
        #expect(
            exchange.verdicts("other").client == .wrong(reason: "the client proof was not made with the given password")
        )
        #expect(steps.contains { !$0.problems.isEmpty })
        #expect(!steps[2].everythingShown.contains(proof))
    }

    @Test func `a server that signs with something else is found out, whatever the client proved`() throws {
        var lines = Self.vectors[1].lines
        lines[3] = .s("v=" + String(decoding: Base64.encode([UInt8](repeating: 7, count: 32)), as: UTF8.self))
        let (exchange, _) = try play("SCRAM-SHA-256", lines)
        #expect(exchange.verdicts("pencil").client == .verified)
        #expect(
            exchange.verdicts("pencil").server
                == .wrong(reason: "the server signature was not made with the given password")
        )
        let (without, _) = try play("SCRAM-SHA-256", Array(Self.vectors[1].lines.prefix(3)))
        #expect(without.verdicts("pencil").server?.reason?.hasPrefix("the server sent no signature") == true)
    }

    @Test(arguments: [
        ("e=invalid-proof", "server refuses: invalid-proof (wrong password, or a message was changed on the way)"),
        (
            "e=channel-bindings-dont-match",
            "server refuses: channel-bindings-dont-match (client and server see different TLS connections)"
        ),
        (
            "e=server-does-support-channel-binding",
            "server refuses: server-does-support-channel-binding (somebody hid the -PLUS mechanisms from the client)"
        ),
        ("e=unheard-of", "server refuses: unheard-of"),
    ])
    func `what a server refuses with is explained`(message: String, summary: String) throws {
        let (exchange, steps) = try play("SCRAM-SHA-256", Array(Self.vectors[1].lines.prefix(3)) + [.s(message)])
        #expect(steps[3].summary == summary)
        #expect(exchange.verdicts("pencil").client == .verified)
    }

    @Test func `stored keys verify both sides and a password sent in clear`() throws {
        // RFC 7677 section 3, the keys computed with Python.
        let text =
            "user:{SCRAM-SHA-256}4096,W22ZaJ0SNY7soEsUEjb6gQ==,WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=,"
            + "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="
        let form5803 = text.replacing("4096,", with: "4096:").replacing("==,", with: "==$").replacing(
            "qY=,",
            with: "qY=:"
        )
        for line in [text, form5803] {
            let credential = try #require(try PasswordFile(parsing: Array(line.utf8)).credential(for: "user"))
            let (exchange, _) = try play("SCRAM-SHA-256", Self.vectors[1].lines)
            #expect(exchange.verdicts(credential) == Verdicts(client: .verified, server: .verified))
            let (other, _) = try play("SCRAM-SHA-1", Self.vectors[0].lines)
            #expect(
                other.verdicts(credential).client.reason
                    == "a stored pair of SCRAM-SHA-256 keys cannot check SCRAM-SHA-1"
            )
            let (plain, _) = try play("PLAIN", [.c("\0user\0pencil")])
            #expect(plain.verdicts(credential).client == .verified)
            let (wrong, _) = try play("PLAIN", [.c("\0user\0pencil2")])
            #expect(wrong.verdicts(credential).client == .wrong(reason: "the password is not the given one"))
            #expect(!everyDescription(of: credential).contains { $0.contains("WG5d8") || $0.contains("88, 110, 93") })
        }
    }

    @Test(arguments: ["2147483648", "1000001", "9223372036854775807"])
    func `absurd iteration counts are reported and not computed`(count: String) throws {
        let server = "r=rOprNGfwEbeRWgbNEkqOxyz,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=\(count)"
        let (exchange, steps) = try play(
            "SCRAM-SHA-256",
            [.c(Self.first256), .s(server), .c("c=biws,r=rOprNGfwEbeRWgbNEkqOxyz,p=\(Self.vectors[1].proof)")]
        )
        #expect(steps[1].field("iteration-count") == count)
        let clock = ContinuousClock()
        var verdicts: Verdicts?
        let time = clock.measure { verdicts = exchange.verdicts("pencil") }
        #expect(verdicts?.client.reason == "\(count) iterations are more than the 1000000 that are computed")
        #expect(time < .seconds(1))
    }

    @Test func `the work of a session is bounded over all its exchanges`() throws {
        let (exchange, _) = try play("SCRAM-SHA-256", Self.vectors[1].lines)
        var budget = VerificationBudget(perExchange: 5_000, remaining: 9_000)
        let credential = Credential.password(Secret("pencil"))
        #expect(exchange.verdicts(using: credential, within: &budget).client == .verified)
        #expect(exchange.verdicts(using: credential, within: &budget).client == .verified)
        #expect(budget.remaining == 808)
        #expect(
            exchange.verdicts(using: credential, within: &budget).client.reason?.contains("left for this session")
                == true
        )
    }

    @Test(arguments: [
        "n,,n=user", "n,,r=abc", "z,,n=user,r=abc", "n=user,r=abc", "p=,,n=user,r=abc", "n,,n=user,r=a,r=b", "",
        "n,,n=user,r=abc,p=c2VjcmV0", "\0user\0pencil",
    ])
    func `a first message of another form is masked whole`(message: String) throws {
        let (exchange, steps) = try play("SCRAM-SHA-256", [.c(message)])
        #expect(steps[0].summary == "malformed response masked")
        #expect(steps[0].user == nil && steps[0].fields.isEmpty && steps[0].problems.count == 1)
        #expect(exchange.verdicts("pencil").client == .notCheckable(reason: "no readable salt was seen"))
    }

    @Test(arguments: [
        "r=abc", "s=AAAA,i=4096", "r=abcd,s=!!,i=4096", "r=abcd,s=AAAA,i=0", "r=abcd,s=AAAA,i=-1",
        "r=abcd,s=AAAA,i=4e3",
        "r=abcd,s=AAAA,i=99999999999999999999", "p=secretsecret", "hello",
    ])
    func `a challenge of another form is masked whole`(message: String) throws {
        let (_, steps) = try play("SCRAM-SHA-256", [.c("n,,n=user,r=abc"), .s(message), .c("c=biws,r=abcd,p=AAAA")])
        #expect(steps[1].summary == "unexpected challenge masked" && steps[1].challenge == nil)
        #expect(steps[1].maskedColumns == [0..<base64(message).count])
        #expect(steps[2].summary.hasSuffix("masked") && steps[2].fields.isEmpty)
    }

    @Test func `what the specification forbids is named`() throws {
        func problems(_ first: String, _ server: String = "r=abcd,s=AAAA,i=4096") throws -> [String] {
            try play("SCRAM-SHA-256", [.c(first), .s(server)]).1.flatMap(\.problems).map(\.text)
        }
        #expect(try problems("n,,n=user,r=abc").isEmpty)
        #expect(try problems("n,,m=x,n=user,r=abc").first?.contains("reserved extension m=") == true)
        #expect(try problems("n,,r=abc,n=user").first?.contains("out of order") == true)
        #expect(try problems("n,,n=user,r=abc,x=1").first?.contains("unknown attributes: x=") == true)
        #expect(try problems("n,,n=,r=abc").contains { $0.contains("name is empty") })
        #expect(try problems("p=tls-unique,,n=user,r=abc").first?.contains("channel binding in SCRAM-SHA-256") == true)
        #expect(try problems("n,,n=user,r=abc", "r=abcd,s=AAAA,i=100").first?.contains("less than 4096") == true)
        #expect(try problems("n,,n=user,r=abc", "r=abcd,s=AA==,i=4096").first?.contains("less than 2 octets") == true)
        #expect(try problems("n,,n=user,r=abc", "r=abc,s=AAAA,i=4096").first?.contains("no part of the server") == true)
        #expect(try problems("n,,n=user,r=abc", "r=xyz,s=AAAA,i=4096").first?.contains("does not begin with") == true)
        let (_, plus) = try play("SCRAM-SHA-1-PLUS", [.c("y,,n=user,r=abc")])
        #expect(plus[0].problems == ["SCRAM-SHA-1-PLUS without channel binding (RFC 5802 section 6)"])
    }

    @Test func `a nonce of any size is cut where it is shown`() throws {
        let nonce = String(repeating: "x", count: 100_000)
        let (_, steps) = try play("SCRAM-SHA-256", [.c("n,,n=user,r=\(nonce)"), .s("r=\(nonce)y,s=AAAA,i=4096")])
        for step in steps { #expect(step.summary.count < 400 && step.fields.allSatisfy { $0.value.count <= 1_025 }) }
    }
}
