import Cryptography
import TLSDecryption
import Testing
import Traffic

@Suite struct RecordedConnectionTests {
    @Test(arguments: ["suites.txt", "features.txt", "long.txt"], Feeding.all)
    func `every recorded connection decrypts to what was said`(file: String, feeding: Feeding) throws {
        let connections = try RecordedConnection.read(file)
        let keys = TLSDecryptionKeys()
        for connection in connections { keys.keyLog.read(connection.keyText) }
        for connection in connections {
            let (listener, _) = connection.decrypt(keys, feeding)
            for direction in Direction.allCases {
                #expect(listener.octets(direction) == connection.clear[direction], "\(connection), \(direction)")
                #expect(listener.gaps(direction).isEmpty, "\(connection)")
            }
            #expect(listener.problems.isEmpty, "\(connection): \(listener.problems)")
        }
    }

    @Test(arguments: ["suites.txt", "features.txt", "long.txt"])
    func `the facts of every recorded connection are told`(file: String) throws {
        for connection in try RecordedConnection.read(file) {
            let (listener, _) = connection.decrypt(TLSDecryptionKeys(keyLog: KeyLog(connection.keyText)))
            let facts = try #require(listener.facts.last, "\(connection)")
            let notes = connection.notes
            #expect(
                facts.version.map { String($0.code, radix: 16) } == notes["version"]?.drop { $0 == "0" }.description
            )
            if let suite = notes["suite"] {
                #expect(facts.cipherSuite?.name == suite, "\(connection)")
                #expect(facts.isComplete, "\(connection)")
                #expect(facts.isDecrypted == [.client: true, .server: true], "\(connection)")
                #expect(facts.isResumed == (notes["resumed"] == "1"), "\(connection)")
            }
            #expect(
                facts.earlyData
                    == (notes["early"] == "accepted"
                        ? .accepted : notes["early"] == "rejected" ? .rejected : .notOffered)
            )
            #expect(facts.hasHelloRetryRequest == (notes["retry"] != nil))
            #expect(facts.renegotiation == Int(notes["renegotiation"] ?? "0"))
            if let name = notes["name"] { #expect(facts.serverName == name) }
            if let name = notes["alpn"] { #expect(facts.applicationProtocol == name) }
            if let count = notes["certificates"] {
                #expect(facts.serverCertificates.certificates.count == Int(count))
            }
            if let alert = notes["alert"] {
                #expect(listener.alerts.contains { $0.alert.name == alert && $0.alert.isFatal }, "\(connection)")
            } else if let last = listener.alerts.last {
                #expect(last.alert.name == "close_notify", "\(connection)")
            }
        }
    }

    @Test func `what comes behind the handshake is among the facts at the end`() throws {
        let updated = try RecordedConnection.named("tls13 KeyUpdate", in: "features.txt")
        let (_, decryptor) = updated.decrypt(TLSDecryptionKeys(keyLog: KeyLog(updated.keyText)))
        #expect(decryptor.facts.keyUpdates == Int(updated.notes["updates"] ?? ""))
        #expect(decryptor.facts.tickets == 2)
        for name in [
            "tls12 client certificate", "tls13 client certificate", "tls13 client certificate after the handshake",
        ] {
            let connection = try RecordedConnection.named(name, in: "features.txt")
            let (_, decryptor) = connection.decrypt(TLSDecryptionKeys(keyLog: KeyLog(connection.keyText)))
            #expect(decryptor.facts.asksForClientCertificate, "\(name)")
            #expect(
                decryptor.facts.clientCertificates.certificates.map(\.subject) == [connection.notes["person"]],
                "\(name)"
            )
        }
    }

    @Test func `the certificate and the key exchange are read`() throws {
        let connection = try RecordedConnection.named("tls12 ECDHE-ECDSA-AES128-GCM-SHA256", in: "suites.txt")
        let (listener, _) = connection.decrypt(TLSDecryptionKeys())
        let facts = try #require(listener.facts.last)
        let certificate = try #require(facts.serverCertificates.certificates.first)
        #expect(certificate.commonName == "imap.example.org")
        #expect(certificate.keyType == "EC")
        #expect(certificate.keyBits == 256)
        #expect(certificate.signatureAlgorithm == "ecdsa-with-SHA256")
        #expect(facts.group?.description == "x25519")
        #expect(facts.serverSignature?.description == "ecdsa_secp256r1_sha256")
        let old = try RecordedConnection.named("tls12 DHE-RSA-AES128-GCM-SHA256", in: "suites.txt")
        let (other, _) = old.decrypt(TLSDecryptionKeys())
        #expect((other.facts.last?.primeBits ?? 0) >= 1024)
    }

    @Test func `the time of cleartext is that of the last octet of its record`() throws {
        let connection = try RecordedConnection.named("tls13 TLS_AES_128_GCM_SHA256", in: "suites.txt")
        let keys = TLSDecryptionKeys(keyLog: KeyLog(connection.keyText))
        let (listener, _) = connection.decrypt(keys, .pieces(1))
        // The greeting ends with the last octet of the server's third flight: tickets stand before it.
        var clock: Int64 = 0
        var ends: [Int64] = []
        for (_, octets) in connection.wire {
            clock += Int64(octets.count)
            ends.append(clock)
        }
        let times = listener.said.compactMap { entry -> Int64? in
            if case .octets(_, _, let time) = entry { time.nanoseconds } else { nil }
        }
        #expect(times.count == 3)
        #expect(times.allSatisfy { ends.contains($0) })
        #expect(times == times.sorted())
    }

    @Test func `what both said keeps its order`() throws {
        for connection in try RecordedConnection.read("suites.txt") {
            let (listener, _) = connection.decrypt(TLSDecryptionKeys(keyLog: KeyLog(connection.keyText)))
            #expect(listener.turns == [.server, .client, .server], "\(connection)")
        }
    }
}
