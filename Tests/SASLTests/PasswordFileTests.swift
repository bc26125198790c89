import Cryptography
import SASL
import Testing
import Traffic

@Suite struct PasswordFileTests {
    static func password(_ user: String, in content: String) throws -> String? {
        let file = try PasswordFile(parsing: Array(content.utf8))
        guard case .password(let secret) = file.credential(for: user) else { return nil }
        return secret.withBytes { String(decoding: $0, as: UTF8.self) }
    }

    @Test(arguments: [
        ("tim:sesame", "tim", "sesame"), ("tim:a:b c\t#", "tim", "a:b c\t#"), ("tim: x ", "tim", " x "),
        ("tim\tcorrect horse: x\t/\trich", "tim", "correct horse: x"), ("tim:{PLAIN}{odd}pw", "tim", "{odd}pw"),
        ("tim:{cleartext}pw", "tim", "pw"), ("tim:{PLAIN}", "tim", ""), ("tim:{a b}c", "tim", "{a b}c"),
        ("# c\r\n\r\n \t\ntim:x\r\nbob:y", "tim", "x"), ("\u{FEFF}tim:x\n", "tim", "x"),
        ("carol@example.org\tp%40 %s", "carol@example.org", "p%40 %s"), ("pa\u{308}:x", "p\u{E4}", "x"),
    ])
    func `an entry is read`(content: String, user: String, password: String) throws {
        #expect(try Self.password(user, in: content) == password)
    }

    @Test func `an unknown user has no credential`() throws {
        let file = try PasswordFile(parsing: Array("tim:x\nbob:y".utf8))
        #expect(file.count == 2)
        #expect(file.credential(for: "eve") == nil && file.credential(for: "Tim") == nil)
    }

    @Test func `a stored context verifies CRAM-MD5 and a password`() throws {
        let stored = "9186d855e11eba527a7a52ca82b313e180d62234f0acc9051b527243d41e2740"
        let file = try PasswordFile(parsing: Array("tim:{CRAM-MD5}\(stored)\n".utf8))
        let credential = try #require(file.credential(for: "tim"))

        var cram = AuthenticationExchange(mechanism: .cramMD5)
        let challenge = "<1.2@host.example>"
        _ = cram.challenge(base64(challenge))
        _ = cram.response(
            Base64.encode(
                CRAMMD5.response(user: "tim", password: Secret("password"), challenge: Array(challenge.utf8))
            )
        )
        #expect(cram.verdict(using: credential) == .verified)

        for (password, isRight) in [("password", true), ("Password", false)] {
            var plain = AuthenticationExchange(mechanism: .plain)
            _ = plain.initialResponse(base64("\0tim\0" + password))
            #expect(plain.verdict(using: credential).isVerified == isRight)
        }
    }

    @Test(arguments: [
        ("tim:x\nsesame", 2, PasswordFileError.Reason.missingSeparator), (":sesame", 1, .emptyUser),
        ("tim:", 1, .emptyPassword), ("#\ntim:sesame\ntim:sesame", 3, .duplicateUser(2)),
        ("tim:{CRAM-MD5}sesame", 1, .badCRAMMD5Context),
        ("tim:{CRAM-MD5}sesame86d855e11eba527a7a52ca82b313e180d62234f0acc9051b527243d41e27", 1, .badCRAMMD5Context),
        ("tim:{SHA512-CRYPT}sesame", 1, .unsupportedScheme), ("tim:{sesame}", 1, .unsupportedScheme),
    ])
    func `an error names the line and not its content`(
        content: String,
        line: Int,
        reason: PasswordFileError.Reason
    ) throws {
        let error = try #require(throws: PasswordFileError.self) { try PasswordFile(parsing: Array(content.utf8)) }
        #expect(error.line == line && error.reason == reason)
        #expect(error.description.hasPrefix("line \(line): "))
        #expect(!error.description.contains("sesame") && !String(reflecting: error).contains("sesame"))
    }

    @Test func `a file shows none of its passwords`() throws {
        let stored = "9186d855e11eba527a7a52ca82b313e180d62234f0acc9051b527243d41e2740"
        let file = try PasswordFile(parsing: Array("tim:open-sesame\nbob:{CRAM-MD5}\(stored)".utf8))
        for text in everyDescription(of: file) {
            #expect(!text.contains("sesame") && !text.contains("9186d8") && !text.contains("111, 112, 101, 110"))
        }
    }
}
