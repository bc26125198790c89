import Cryptography
import Testing
import Traffic

@Suite struct DigestTests {
    // FIPS 180-4 examples and RFC 1321 appendix A.5.
    @Test(arguments: [
        (Digest.md5, "900150983cd24fb0d6963f7d28e17f72"),
        (.sha1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            .sha384,
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"
        ),
        (
            .sha512,
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        ),
    ])
    func `the hash of abc is the published one`(digest: Digest, expected: String) throws {
        let value = try digest.hash(Array("abc".utf8))
        #expect(Hexadecimal.string(value) == expected)
        #expect(value.count == digest.byteCount)
    }

    @Test func `nothing has a hash too`() throws {
        #expect(Hexadecimal.string(try Digest.md5.hash([])) == "d41d8cd98f00b204e9800998ecf8427e")
    }

    // RFC 2202 case 2 and RFC 4231 case 2: key "Jefe".
    @Test(arguments: [
        (Digest.md5, "750c783e6ab0b503eaa86e310a5db738"),
        (.sha1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
        (.sha256, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    ])
    func `HMAC gives the published codes`(digest: Digest, expected: String) throws {
        let message = Array("what do ya want for nothing?".utf8)
        let code = try HMAC.authenticationCode(for: message, key: Secret("Jefe"), using: digest)
        #expect(Hexadecimal.string(code) == expected)
    }

    @Test func `HMAC takes an empty key and an empty message`() throws {
        let code = try HMAC.authenticationCode(for: [], key: Secret(""), using: .md5)
        #expect(Hexadecimal.string(code) == "74e6f7298a9c2d168935f58c001bad88")
    }
}
