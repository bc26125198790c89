import Cryptography
import Foundation
import TLSDecryption
import Testing
import Traffic

@Suite struct MissingKeyTests {
    private func modern() throws -> RecordedConnection {
        try RecordedConnection.named("tls13 TLS_AES_128_GCM_SHA256", in: "suites.txt")
    }

    private func old() throws -> RecordedConnection {
        try RecordedConnection.named("tls12 ECDHE-ECDSA-AES128-GCM-SHA256", in: "suites.txt")
    }

    private func random(_ connection: RecordedConnection) throws -> ClientRandom {
        let hex = connection.keys[0].split(separator: " ")[1]
        return try #require(ClientRandom(try Hexadecimal.decode(Array(hex.utf8))))
    }

    private func serverKey() throws -> PrivateKey {
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/server-rsa.pem")
        return try PrivateKey(pem: Secret(Array(try Data(contentsOf: url))))
    }

    @Test(arguments: Feeding.all)
    func `keys may come after the records`(feeding: Feeding) throws {
        for file in ["suites.txt", "features.txt"] {
            for connection in try RecordedConnection.read(file) where connection.notes["early"] == nil {
                let keys = TLSDecryptionKeys(mayGrow: true)
                let listener = Listener()
                let decryptor = TLSDecryptor(keys: keys, observer: listener)
                for (direction, octets) in connection.wire {
                    for piece in feeding.cut(octets) {
                        decryptor.receive(piece.span.bytes, from: direction, at: .zero)
                    }
                }
                #expect(listener.octets(.server).isEmpty)
                keys.keyLog.read(connection.keyText)
                decryptor.finish(at: .zero)
                #expect(listener.octets(.client) == connection.clear[.client], "\(connection)")
                #expect(listener.octets(.server) == connection.clear[.server], "\(connection)")
                #expect(listener.problems.isEmpty, "\(connection): \(listener.problems)")
                #expect(keys.heldOctets == 0)
            }
        }
    }

    @Test func `keys that never come are named in the end`() throws {
        for connection in [try self.modern(), try self.old()] {
            let random = try self.random(connection)
            let keys = TLSDecryptionKeys(mayGrow: true)
            let (listener, _) = connection.decrypt(keys)
            #expect(listener.problems.map(\.problem) == [.noKeys(random), .noKeys(random)], "\(connection)")
            #expect(listener.facts.last?.isDecrypted == [.client: false, .server: false])
            #expect((listener.undecrypted[.server] ?? 0) > 0)
            #expect(keys.heldOctets == 0)
        }
    }

    @Test func `each line of the key log may come at any time`() throws {
        for connection in [try self.modern(), try self.old()] {
            for delay in 0..<connection.wire.count {
                let keys = TLSDecryptionKeys(mayGrow: true)
                var step = 0
                let (listener, _) = connection.decrypt(keys) { decryptor in
                    if step >= delay, step - delay < connection.keys.count {
                        keys.keyLog.read(connection.keys[step - delay])
                    }
                    step += 1
                    if step == connection.wire.count { keys.keyLog.read(connection.keyText) }
                }
                #expect(listener.octets(.server) == connection.clear[.server], "\(connection), \(delay)")
                #expect(listener.octets(.client) == connection.clear[.client], "\(connection), \(delay)")
                #expect(listener.turns == [.server, .client, .server])
            }
        }
    }

    @Test func `no more waits than there is room for`() throws {
        let connection = try RecordedConnection.named("tls13 TLS_AES_128_GCM_SHA256", in: "long.txt")
        let keys = TLSDecryptionKeys(mayGrow: true, heldLimit: 2000)
        let (listener, decryptor) = connection.decrypt(keys) { _ in #expect(keys.heldOctets < 4000) }
        #expect(listener.problems.contains { $0.problem == .tooMuchHeld(limit: 2000) })
        #expect(decryptor.isUnreadable(.server))
        #expect(keys.heldOctets == 0)
    }

    @Test func `without keys the reason names the client random`() throws {
        let connection = try self.modern()
        let random = try self.random(connection)
        let (listener, _) = connection.decrypt(TLSDecryptionKeys())
        #expect(listener.problems.map(\.problem) == [.noKeys(random), .noKeys(random)])
        #expect(listener.octets(.server).isEmpty)
        let facts = try #require(listener.facts.last)
        #expect(facts.cipherSuite?.name == "TLS_AES_128_GCM_SHA256")
        #expect(facts.isDecrypted == [.client: false, .server: false])
        #expect((listener.undecrypted[.server] ?? 0) > 0)
    }

    @Test func `a key log of other connections does not help`() throws {
        let connection = try self.old()
        let random = try self.random(connection)
        let keys = TLSDecryptionKeys(keyLog: KeyLog(try self.modern().keyText))
        let (listener, _) = connection.decrypt(keys)
        #expect(
            listener.problems.first?.problem
                == .noSecret(.clientRandom, random, offersEncryptedClientHello: false)
        )
        #expect(listener.problems.first?.problem.description.contains(random.description) == true)
    }

    @Test func `secrets of the application alone are enough for what it said`() throws {
        let connection = try self.modern()
        let log = KeyLog(connection.keys.filter { $0.contains("TRAFFIC_SECRET_0") }.joined(separator: "\n"))
        let (listener, _) = connection.decrypt(TLSDecryptionKeys(keyLog: log))
        #expect(listener.octets(.client) == connection.clear[.client])
        #expect(listener.octets(.server) == connection.clear[.server])
    }

    @Test func `secrets of one side open that side`() throws {
        let connection = try self.modern()
        let log = KeyLog(connection.keys.filter { $0.hasPrefix("SERVER") }.joined(separator: "\n"))
        let (listener, _) = connection.decrypt(TLSDecryptionKeys(keyLog: log))
        #expect(listener.octets(.client).isEmpty)
        #expect(listener.octets(.server) == connection.clear[.server])
        #expect(listener.problems.map(\.direction) == [.client])
    }

    @Test func `wrong secrets open nothing`() throws {
        for connection in try RecordedConnection.read("suites.txt") {
            let wrong = connection.keys.map { line in
                let words = line.split(separator: " ")
                return "\(words[0]) \(words[1]) \(String(repeating: "5a", count: words[2].utf8.count / 2))"
            }
            let (listener, _) = connection.decrypt(TLSDecryptionKeys(keyLog: KeyLog(wrong.joined(separator: "\n"))))
            #expect(listener.octets(.client).isEmpty, "\(connection)")
            #expect(listener.octets(.server).isEmpty, "\(connection)")
            let isNamed = listener.problems.contains { entry in
                if case .wrongSecret = entry.problem { true } else { false }
            }
            #expect(isNamed, "\(connection)")
        }
    }

    @Test func `the server's RSA key opens what was encrypted for it and nothing else`() throws {
        let key = try self.serverKey()
        for connection in try RecordedConnection.read("suites.txt") {
            let (listener, _) = connection.decrypt(TLSDecryptionKeys(privateKeys: [key]))
            let suite = try #require(listener.facts.last?.cipherSuite)
            if suite.keyExchange == .rsa {
                #expect(listener.octets(.server) == connection.clear[.server], "\(connection)")
                #expect(listener.octets(.client) == connection.clear[.client], "\(connection)")
            } else {
                #expect(listener.octets(.server).isEmpty)
                #expect(listener.problems.first?.problem == .privateKeyCannotWork(suite), "\(connection)")
            }
        }
    }

    @Test func `another RSA key is said to be another one`() throws {
        let connection = try RecordedConnection.named("tls12 AES128-GCM-SHA256", in: "suites.txt")
        let (listener, _) = connection.decrypt(TLSDecryptionKeys(privateKeys: [try .generate(.rsa2048)]))
        let suite = CipherSuite(id: 0x009C)
        #expect(listener.problems.first?.problem == .noMatchingPrivateKey(suite))
    }

    @Test(arguments: ["tls12 resumed by session id", "tls12 resumed by ticket", "tls10 resumed by ticket"])
    func `a resumed session needs no key of its own`(name: String) throws {
        let second = try RecordedConnection.named(name, in: "features.txt")
        let first = try RecordedConnection.named(try #require(second.after), in: "features.txt")
        let keys = TLSDecryptionKeys(keyLog: KeyLog(first.keyText))
        first.decrypt(keys)
        let (listener, _) = second.decrypt(keys)
        #expect(listener.octets(.server) == second.clear[.server])
        #expect(listener.octets(.client) == second.clear[.client])
        #expect(listener.problems.isEmpty)
        // Without the first connection there is nothing to go on with.
        let (other, _) = second.decrypt(TLSDecryptionKeys(keyLog: KeyLog(first.keyText)))
        let random = try self.random(second)
        #expect(other.problems.first?.problem == .resumedFromElsewhere(random))
    }
}
