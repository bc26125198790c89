import Cryptography
import Testing
import Traffic

@testable import SASL

@Suite struct NTLMTests {
    static let negotiate = "TlRMTVNTUAABAAAAM4KK4gAAAAAAAAAAAAAAAAAAAAAGAHIXAAAADw=="
    /// MS-NLMP 4.2.4.3: the messages of the NTLMv2 example, user `User` of `Domain`, password `Password`.
    static let challenge =
        "TlRMTVNTUAACAAAADAAMADgAAAAzgoriASNFZ4mrze8AAAAAAAAAACQAJABEAAAABgBwFwAAAA9TAGUAcgB2AGUAcgACAAwARABvAG0AYQBpAG4A"
        + "AQAMAFMAZQByAHYAZQByAAAAAAA="
    static let authenticate =
        "TlRMTVNTUAADAAAAGAAYAGwAAABUAFQAhAAAAAwADABIAAAACAAIAFQAAAAQABAAXAAAABAAEADYAAAANYKI4gUBKAoAAAAPRABvAG0AYQBpAG4A"
        + "VQBzAGUAcgBDAE8ATQBQAFUAVABFAFIAhsNQl6yc7BAlVHZKV8zMGaqqqqqqqqqqaM0KuFHlHJaqvJJ76+9qHAEBAAAAAAAAAAAAAAAAAACqqqqq"
        + "qqqqqgAAAAACAAwARABvAG0AYQBpAG4AAQAMAFMAZQByAHYAZQByAAAAAAAAAAAAxdrSVE/JeZCUzhzpC8nQPg=="

    private func example() -> (AuthenticationExchange, [SASLStep]) {
        var exchange = AuthenticationExchange(mechanism: .ntlm)
        let steps = [
            exchange.initialResponse(Self.negotiate), exchange.challenge(Self.challenge),
            exchange.response(Self.authenticate),
        ]
        return (exchange, steps)
    }

    @Test func `the example of the specification is explained, with its responses masked`() throws {
        let (exchange, steps) = self.example()
        #expect(steps.flatMap(\.problems) == [])
        #expect(exchange.user == "User" && exchange.isComplete)
        #expect(steps[1].field("server-challenge") == "0123456789abcdef" && steps[1].field("target") == "Server")
        #expect(steps[1].field("netbios-domain") == "Domain" && steps[1].field("netbios-computer") == "Server")
        #expect(steps[1].field("version")?.contains("6.0 build 6000") == true)
        #expect(steps[2].summary.contains("user User, domain Domain, workstation COMPUTER, NTLMv2 response masked"))
        #expect(steps[2].field("integrity-code") == "absent")
        let shown = steps.map { $0.everythingShown.lowercased() }.joined()
        for secret in ["68cd0ab8", "86c35097", "c5dad254", "zm0k"] { #expect(!shown.contains(secret)) }
    }

    @Test func `the NTLMv2 response of the example is verified where MD4 is there`() throws {
        let (exchange, _) = self.example()
        let stored = try #require(
            try PasswordFile(parsing: Array("User:{NTLM}a4f49c406510bdcab6824ee7c30fd852".utf8)).credential(for: "User")
        )
        #expect(exchange.verdicts(stored).client == .verified)
        let other = Credential.ntHash(Secret([UInt8](repeating: 1, count: 16)))
        #expect(exchange.verdicts(other).client.reason?.hasPrefix("the NTLMv2 response was not made") == true)
        let verdict = exchange.verdicts("Password").client
        if LegacyProvider.installed == nil {
            #expect(verdict.reason?.contains("the legacy provider of OpenSSL is not installed") == true)
        } else {
            #expect(verdict == .verified)
            #expect(exchange.verdicts("password").client.reason?.hasPrefix("the NTLMv2 response was not made") == true)
        }
    }

    @Test func `without MD4 the reason says what would do instead`() throws {
        #expect(LegacyProvider(named: "no-such-module") == nil)
        let error = try #require(throws: CryptographyError.self) {
            try NTLMv2.hash(ofPassword: Secret("x"), provider: nil)
        }
        #expect(error == .legacyProviderMissing)
        #expect(
            NTLMv2.missingHash(error)
                == "MD4 is not available (digest MD4: the legacy provider of OpenSSL is not installed); a stored {NTLM} hash would do"
        )
    }

    @Test func `the steps of the computation have the values of the specification`() throws {
        // MS-NLMP 4.2.4.1.1 and 4.2.4.2.2.
        let hash = Secret(try Hexadecimal.decode(Array("a4f49c406510bdcab6824ee7c30fd852".utf8)))
        let key = NTLMv2.key(hash: hash, user: "User", domain: "Domain")
        #expect(key.withBytes { Hexadecimal.string([UInt8]($0)) } == "0c868a403bfd7a93a3001ef22ef02e3f")
        if let provider = LegacyProvider.installed {
            let made = try NTLMv2.hash(ofPassword: Secret("Password"), provider: provider)
            #expect(made.equals(hash))
        }
    }

    @Test func `every damaged octet and every cut is masked or explained, and never shows a response`() throws {
        let message = try Base64.decode(Array(Self.authenticate.utf8))
        let proofs = ["68cd0ab851e51c96", "86c35097ac9cec10", "c5dad2544fc97990"]
        for index in message.indices {
            var damaged = message
            damaged[index] ^= 0xff
            for octets in [damaged, Array(message[..<index])] {
                var exchange = AuthenticationExchange(mechanism: .ntlm)
                _ = exchange.initialResponse(Self.negotiate)
                _ = exchange.challenge(Self.challenge)
                let shown = exchange.response(Base64.encode(octets)).everythingShown.lowercased()
                #expect(!proofs.contains { shown.contains($0) }, "octet \(index)")
            }
        }
    }
}
