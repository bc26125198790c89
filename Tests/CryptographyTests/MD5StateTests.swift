import Cryptography
import Testing
import Traffic

@Suite struct MD5StateTests {
    @Test func `our MD5 agrees with OpenSSL for every length up to four blocks`() throws {
        for length in 0...257 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ length) }
            #expect(MD5State().finish(bytes.span.bytes, after: 0) == (try Digest.md5.hash(bytes)), "length \(length)")
        }
    }

    @Test(arguments: [64, 128, 4096])
    func `blocks may be taken in before the rest`(processed: Int) throws {
        let bytes = (0..<processed + 21).map { UInt8(truncatingIfNeeded: $0) }
        var state = MD5State()
        state.process(bytes.span.bytes.extracting(0..<processed))
        let resumed = MD5State(words: state.words)
        let value = resumed.finish(bytes.span.bytes.extracting(processed..<bytes.count), after: processed)
        #expect(value == (try Digest.md5.hash(bytes)))
    }

    @Test(arguments: [0, 1, 16, 63, 64, 65, 200])
    func `a precomputed HMAC agrees with OpenSSL for every key length`(keyLength: Int) throws {
        let key = Secret((0..<keyLength).map { UInt8(truncatingIfNeeded: 200 &- $0) })
        let context = HMACMD5Context(key: key)
        for length in [0, 1, 55, 56, 63, 64, 65, 119, 120, 300] {
            let message = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            let expected = try HMAC.authenticationCode(for: message, key: key, using: .md5)
            #expect(context.authenticationCode(for: message) == expected, "message of \(length)")
        }
    }

    // Made with `doveadm pw -s CRAM-MD5 -p …` of Dovecot 2.3.
    @Test(arguments: [
        ("password", "9186d855e11eba527a7a52ca82b313e180d62234f0acc9051b527243d41e2740"),
        ("foo", "a7cb902940b3f6662c48ace840a4e3e410241e875d720cb45b2d95a3e1ddfc8b"),
        ("test", "e02d374fde0dc75a17a557039a3a5338c7743304777dccd376f332bee68d2cf6"),
    ])
    func `a context is stored as Dovecot stores it`(password: String, stored: String) throws {
        let context = HMACMD5Context(key: Secret(password))
        #expect(context.stored.withBytes { Hexadecimal.string(Array($0)) } == stored)

        let read = try #require(HMACMD5Context(stored: Secret(try Hexadecimal.decode(Array(stored.utf8)))))
        let message = Array("<1@host>".utf8)
        let expected = try HMAC.authenticationCode(for: message, key: Secret(password), using: .md5)
        #expect(read.authenticationCode(for: message) == expected)
    }

    @Test(arguments: [0, 31, 33])
    func `a stored context of another length is refused`(count: Int) {
        #expect(HMACMD5Context(stored: Secret([UInt8](repeating: 1, count: count))) == nil)
    }

    @Test func `a keyed state shows nothing of itself`() {
        var state = MD5State()
        state.process([UInt8](repeating: 0x36, count: 64).span.bytes)
        var dumped = ""
        dump(state, to: &dumped)
        for text in [String(describing: state), String(reflecting: state), dumped] {
            #expect(!text.contains(String(state.words.0)))
        }
        #expect(Mirror(reflecting: state).children.isEmpty)
    }
}
