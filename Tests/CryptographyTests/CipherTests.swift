import Cryptography
import Testing
import Traffic

@Suite struct CipherTests {
    private func octets(_ text: String) throws -> [UInt8] { try Hexadecimal.decode(Array(text.utf8)) }

    private func open(_ cipher: AuthenticatedCipher, _ sealed: [UInt8], _ nonce: [UInt8], _ data: [UInt8]) -> [UInt8]? {
        let output = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: sealed.count + 1)
        defer { output.deallocate() }
        let count = nonce.withUnsafeBytes { nonce in
            data.withUnsafeBytes { data in
                cipher.open(sealed.span.bytes, nonce: nonce, authenticating: data, into: output)
            }
        }
        return count.map { Array(output[0..<$0]) }
    }

    // The GCM specification, test cases 3 and 4 (twelve octets of nonce, with additional data in the second).
    @Test func `AES-GCM opens the published messages and nothing else`() throws {
        let cipher = try AuthenticatedCipher(
            .aes128GCM,
            key: Secret(try self.octets("feffe9928665731c6d6a8f9467308308"))
        )
        let nonce = try self.octets("cafebabefacedbaddecaf888")
        let plain = try self.octets(
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5"
                + "aa0de657ba637b39"
        )
        var sealed = try self.octets(
            "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b39"
                + "6a0aac973d58e0915bc94fbc3221a5db94fae95ae7121a47"
        )
        let data = try self.octets("feedfacedeadbeeffeedfacedeadbeefabaddad2")
        #expect(self.open(cipher, sealed, nonce, data) == plain)
        #expect(self.open(cipher, sealed, nonce, []) == nil)
        sealed[0] ^= 1
        #expect(self.open(cipher, sealed, nonce, data) == nil)
        #expect(self.open(cipher, Array(sealed[..<15]), nonce, data) == nil)
        sealed[0] ^= 1
        #expect(self.open(cipher, sealed, nonce, data) == plain)
    }

    // RFC 8439 section 2.8.2.
    @Test func `ChaCha20-Poly1305 opens the published message`() throws {
        let key = Array<UInt8>(0x80...0x9F)
        let cipher = try AuthenticatedCipher(.chaCha20Poly1305, key: Secret(key))
        let sealed = try self.octets(
            "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b1a71de0a"
                + "9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc3ff4def08e4b7a9d"
                + "e576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691"
        )
        let opened = self.open(
            cipher,
            sealed,
            try self.octets("070000004041424344454647"),
            try self.octets("50515253c0c1c2c3c4c5c6c7")
        )
        #expect(
            opened.map { String(decoding: $0, as: UTF8.self) }?.hasPrefix("Ladies and Gentlemen of the class of '99")
                == true
        )
    }

    // RFC 2040-era vectors: RFC 3713 (Camellia), RFC 4269 (SEED), the NIST AES example, FIPS 46 for DES; one block, no vector.
    @Test(arguments: [
        (
            BlockCipher.Algorithm.aes128CBC, "000102030405060708090a0b0c0d0e0f", "69c4e0d86a7b0430d8cdb78070b4c55a",
            "00112233445566778899aabbccddeeff"
        ),
        (
            .aes256CBC, "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
            "8ea2b7ca516745bfeafc49904b496089", "00112233445566778899aabbccddeeff"
        ),
        (
            .camellia128CBC, "0123456789abcdeffedcba9876543210", "67673138549669730857065648eabe43",
            "0123456789abcdeffedcba9876543210"
        ),
        (
            .seedCBC, "00000000000000000000000000000000", "5ebac6e0054e166819aff1cc6d346cdb",
            "000102030405060708090a0b0c0d0e0f"
        ),
        (.desCBC, "133457799bbcdff1", "85e813540f0ab405", "0123456789abcdef"),
        (
            .tripleDESCBC, "133457799bbcdff1133457799bbcdff1133457799bbcdff1", "85e813540f0ab405", "0123456789abcdef"
        ),
    ])
    func `a block decrypts as published`(
        algorithm: BlockCipher.Algorithm,
        key: String,
        ciphertext: String,
        plain: String
    ) throws {
        let cipher = try BlockCipher(algorithm, key: Secret(try self.octets(key)))
        let input = try self.octets(ciphertext)
        let output = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: input.count)
        defer { output.deallocate() }
        let short = Array(input.dropFirst())
        let vector = [UInt8](repeating: 0, count: algorithm.blockByteCount)
        for _ in 0..<2 {
            do {
                let isDecrypted = cipher.decrypt(
                    input.span.bytes,
                    initializationVector: vector.span.bytes,
                    into: output
                )
                #expect(isDecrypted)
            }
            #expect(Hexadecimal.string(Array(output)) == plain)
        }
        do {
            let isDecrypted = cipher.decrypt(short.span.bytes, initializationVector: vector.span.bytes, into: output)
            #expect(!isDecrypted)
        }
    }

    // RFC 6229 section 2, key of 128 bits: the key stream itself.
    @Test func `RC4 goes on where it was`() throws {
        let cipher = try RC4(key: Secret(Array<UInt8>(1...16)))
        let output = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 16)
        defer { output.deallocate() }
        let zeros = [UInt8](repeating: 0, count: 16)
        do {
            let isDecrypted = cipher.decrypt(zeros.span.bytes, into: output)
            #expect(isDecrypted)
        }
        #expect(Hexadecimal.string(Array(output)) == "9ac7cc9a609d1ef7b2932899cde41b97")
        do {
            let isDecrypted = cipher.decrypt(zeros.span.bytes, into: output)
            #expect(isDecrypted)
        }
        #expect(Hexadecimal.string(Array(output)) == "5248c4959014126a6e8a84f11d1a9e1c")
    }

    // RFC 5869 appendix A.1.
    @Test func `HKDF expands as published`() throws {
        let key = Secret(try self.octets("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"))
        let made = try HKDF.expand(key, info: try self.octets("f0f1f2f3f4f5f6f7f8f9"), count: 42, using: .sha256)
        #expect(
            Hexadecimal.string(made.withBytes { Array($0) })
                == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
        )
    }

    @Test func `a keyed hash begins anew for each message`() throws {
        let key = Secret("Jefe")
        let hash = try KeyedHash(.sha256, key: key)
        for message in ["what do ya want for nothing?", "", "other"] {
            let expected = try HMAC.authenticationCode(for: Array(message.utf8), key: key, using: .sha256)
            hash.begin()
            for octet in message.utf8 { withUnsafeBytes(of: octet) { hash.update($0) } }
            #expect(hash.finish() == expected)
        }
    }

    @Test func `only the right RSA key decrypts`() throws {
        let key = try PrivateKey.generate(.ecP256)
        #expect(key.decryptPKCS1([UInt8](repeating: 1, count: 128)) == nil)
    }
}
