import Cryptography
import Testing
import Traffic

@testable import SASL

/// RFC 2289 appendix C.
@Suite struct OTPTests {
    struct Vector: Sendable {
        var digest: Digest
        var passphrase: String
        var seed: String
        var sequence: Int
        var value: String
    }

    static let vectors: [Vector] = [
        (Digest.md5, "This is a test.", "TeSt", ["9E876134D90499DD", "7965E05436F5029F", "50FE1962C4965880"]),
        (.md5, "AbCdEfGhIjK", "alpha1", ["87066DD9644BF206", "7CD34C1040ADD14B", "5AA37A81F212146C"]),
        (.md5, "OTP's are good", "correct", ["F205753943DE4CF9", "DDCDAC956F234937", "B203E28FA525BE47"]),
        (.sha1, "This is a test.", "TeSt", ["BB9E6AE1979D8FF4", "63D936639734385B", "87FEC7768B73CCF9"]),
        (.sha1, "AbCdEfGhIjK", "alpha1", ["AD85F658EBE383C9", "D07CE229B5CF119B", "27BC71035AAF3DC6"]),
        (.sha1, "OTP's are good", "correct", ["D51F3E99BF8E6F0B", "82AEB52D943774E4", "4F296A74FE1567EC"]),
    ].flatMap { digest, passphrase, seed, values in
        zip([0, 1, 99], values).map {
            Vector(digest: digest, passphrase: passphrase, seed: seed, sequence: $0, value: $1)
        }
    }

    @Test(arguments: vectors)
    func `the known one-time passwords are verified`(vector: Vector) throws {
        let name = vector.digest == .md5 ? "otp-md5" : "otp-sha1"
        let (exchange, steps) = try play(
            "OTP",
            [.c("\0tim"), .s("\(name) \(vector.sequence) \(vector.seed) ext"), .c("hex:\(vector.value.lowercased())")]
        )
        #expect(exchange.user == "tim")
        #expect(steps[1].field("sequence") == "\(vector.sequence)" && steps[1].field("seed") == vector.seed)
        #expect(steps[2].summary == "one-time password (hex) masked")
        #expect(!steps[2].everythingShown.lowercased().contains(vector.value.lowercased()))
        #expect(exchange.verdicts(vector.passphrase).client == .verified)
        #expect(
            exchange.verdicts("other").client.reason == "the one-time password was not made with the given passphrase"
        )
    }

    @Test func `words and MD4 are not checkable, and long chains are not computed`() throws {
        let (words, _) = try play(
            "OTP",
            [.c("\0tim"), .s("otp-md5 5 ke1234 ext"), .c("word:INCH SEA ANNE LONG AHEM TOUR")]
        )
        #expect(words.verdicts("x").client.reason == "no one-time password in hexadecimal was seen")
        let (md4, _) = try play("OTP", [.c("\0tim"), .s("otp-md4 5 ke1234 ext"), .c("hex:9E876134D90499DD")])
        #expect(md4.verdicts("x").client.reason == "one-time passwords by MD4 are not checked")
        let (long, steps) = try play("OTP", [.c("\0tim"), .s("otp-md5 2147483648 ke1234"), .c("hex:9E876134D90499DD")])
        #expect(long.verdicts("x").client.reason?.contains("more than the 1000000") == true)
        #expect(steps[1].problems.isEmpty)
    }

    @Test(arguments: ["otp-md5", "otp-rot13 5 ke1234", "otp-md5 x ke1234", "otp-md5 5 ke-1234", "secret words"])
    func `a challenge of another form is masked`(challenge: String) throws {
        let (_, steps) = try play("OTP", [.c("\0tim"), .s(challenge)])
        #expect(steps[1].summary == "unexpected challenge masked" && !steps[1].maskedColumns.isEmpty)
    }
}
