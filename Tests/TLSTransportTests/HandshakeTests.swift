import NIOCore
import NIOEmbedded
import Synchronization
import Testing

@testable import TLSTransport

@Suite struct HandshakeTests {
    @Test(arguments: TLSVersion.allCases, [1, 7, Int.max])
    func `both ends agree, however the octets are cut`(version: TLSVersion, piece: Int) throws {
        let made = try Certificates.get()
        let server = try made.server {
            $0.common.minimumVersion = .tls10
            $0.common.maximumVersion = version
        }
        let client = try made.client { $0.common.minimumVersion = .tls10 }
        let pair = try Pair(client, server, piece: piece)
        try pair.server.send("* OK hello\r\n")
        try pair.pump()
        try pair.client.send("a LOGOUT\r\n")
        try pair.pump()
        let facts = try pair.facts()
        #expect(facts.client.version == version)
        #expect(facts.server.version == version)
        #expect(facts.client.cipherSuite == facts.server.cipherSuite)
        #expect(facts.client.cipherSuite.hasPrefix("TLS_"))
        #expect(facts.client.applicationProtocol == "imap")
        #expect(facts.server.applicationProtocol == "imap")
        #expect(facts.server.serverName == Certificates.host)
        #expect(facts.client.certificateProblem == nil)
        #expect(facts.client.hasExtendedMasterSecret)
        #expect(facts.client.hasSecureRenegotiation)
        #expect(facts.client.group != nil)
        #expect(facts.client.signature?.hasPrefix("ECDSA") == true)
        #expect(facts.server.signature == facts.client.signature)
        #expect(facts.client.peerCertificates.first?.fields?.names == ["mail.example.org", "localhost", "127.0.0.1"])
        #expect(pair.client.recorder.text == "* OK hello\r\n")
        #expect(pair.server.recorder.text == "a LOGOUT\r\n")
        #expect(pair.client.recorder.failures.isEmpty && pair.server.recorder.failures.isEmpty)
    }

    @Test(arguments: [TLSVersion.tls12, .tls13])
    func `a handshake cut after any octet fails and says so`(version: TLSVersion) throws {
        let made = try Certificates.get()
        let server = try made.server {
            $0.common.maximumVersion = version
            $0.common.resumesSessions = false
        }
        let client = try made.client { $0.common.resumesSessions = false }
        let whole = try Pair(client, server)
        try whole.pump()
        _ = try whole.facts()
        let count = whole.client.sent.readableBytes
        #expect(count > 300)
        for cut in 0..<count {
            let pair = try Pair(client, server)
            var left = cut
            while left > 0 {
                var fromClient = try pair.client.takeOutbound()
                let part = fromClient.readSlice(length: min(left, fromClient.readableBytes)) ?? ByteBuffer()
                if part.readableBytes == 0 { break }
                left -= part.readableBytes
                try pair.server.receive(part, piece: .max)
                try pair.client.receive(pair.server.takeOutbound(), piece: .max)
            }
            pair.server.endOfStream()
            // The last octets of a client are its Finished; signatures differ in length by a few octets.
            if pair.server.recorder.established.isEmpty {
                #expect(pair.server.recorder.failures == [.closedInHandshake])
            } else {
                #expect(cut > count - 16)
            }
            #expect(pair.server.recorder.inputClosed == 1)
        }
    }

    @Test func `a handshake that takes too long fails`() throws {
        let made = try Certificates.get()
        let end = try End(try made.server { $0.common.handshakeTimeout = .seconds(5) })
        end.channel.embeddedEventLoop.advanceTime(by: .seconds(4))
        #expect(end.recorder.failures.isEmpty)
        end.channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(end.recorder.failures == [.timedOut(.seconds(5))])
    }

    @Test(arguments: ["GET / HTTP/1.1\r\n\r\n", "a1 LOGIN x y\r\n", "\u{0}", "* BYE no\r\n"])
    func `octets that are no TLS are handed back untouched`(octets: String) throws {
        let made = try Certificates.get()
        for context in [try made.server(), try made.client()] {
            let end = try End(context)
            _ = try end.takeOutbound()
            try end.channel.writeInbound(ByteBuffer(string: octets))
            #expect(end.recorder.failures == [.notTLS(ByteBuffer(string: octets))])
            #expect(try end.takeOutbound().readableBytes == 0)
        }
    }

    @Test func `a broken ClientHello is refused by an alert`() throws {
        let end = try End(try Certificates.get().server())
        try end.channel.writeInbound(ByteBuffer(bytes: [0x16, 3, 1, 0, 8, 1, 0, 0, 4, 9, 9, 9, 9]))
        let failure = try #require(end.recorder.failures.first)
        #expect(failure.alert?.isFromPeer == false)
        #expect(try end.takeOutbound().getBytes(at: 0, length: 1) == [21])
    }

    @Test func `a second ClientHello within the handshake is refused`() throws {
        let made = try Certificates.get()
        let client = try End(try made.client())
        let hello = try client.takeOutbound()
        let server = try End(try made.server())
        try server.channel.writeInbound(hello)
        #expect(server.recorder.failures.isEmpty)
        for _ in 0..<3 { try server.channel.writeInbound(hello) }
        #expect(server.recorder.failures.count == 1)
        #expect(server.recorder.failures.first?.alert?.alert.name == "unexpected_message")
    }

    @Test(arguments: [1, 20, Int.max])
    func `TLS begins behind a cleartext line, even in its segment`(piece: Int) throws {
        let made = try Certificates.get()
        let client = try End(try made.client())
        let hello = try client.takeOutbound()
        // The line has been read by somebody else; what came with it is handed over, the rest arrives.
        var rest = hello
        let part = rest.readSlice(length: min(piece, hello.readableBytes))
        let first = try #require(part)
        let server = try End(try made.server(), alreadyRead: first)
        if rest.readableBytes > 0 { try server.receive(rest, piece: .max) }
        try client.receive(server.takeOutbound(), piece: .max)
        try server.receive(client.takeOutbound(), piece: .max)
        #expect(server.recorder.established.count == 1)
        #expect(client.recorder.established.count == 1)
    }

    @Test func `the alert names the version that is too old`() throws {
        let made = try Certificates.get()
        let client = try made.client {
            $0.common.minimumVersion = .tls10
            $0.common.maximumVersion = .tls11
        }
        let pair = try Pair(client, try made.server())
        try pair.pump()
        let refused = try #require(pair.server.recorder.failures.first?.alert)
        #expect(refused.alert.name == "protocol_version" && !refused.isFromPeer)
        let told = try #require(pair.client.recorder.failures.first?.alert)
        #expect(told.alert.name == "protocol_version" && told.isFromPeer)
    }

    @Test func `a client of another protocol is refused`() throws {
        let made = try Certificates.get()
        let pair = try Pair(try made.client { $0.common.applicationProtocols = ["http/1.1"] }, try made.server())
        try pair.pump()
        #expect(pair.client.recorder.failures.first?.alert?.alert.name == "no_application_protocol")
        let silent = try Pair(try made.client { $0.common.applicationProtocols = [] }, try made.server())
        try silent.pump()
        #expect(try silent.facts().server.applicationProtocol == nil)
    }

    @Test func `each name gets its own certificate`() throws {
        let made = try Certificates.get()
        let good = try made.identity("good")
        let second = try made.identity("second")
        let server = try TLSContext.server(
            TLSServerSettings(
                identity: .byName { name in
                    switch name {
                    case "second.example.org": .identity(second)
                    case Certificates.host: .identity(good)
                    default: .none
                    }
                }
            )
        )
        for host in ["second.example.org", Certificates.host] {
            let pair = try Pair(try made.client(host: host), server)
            try pair.pump()
            #expect(try pair.facts().client.peerCertificates.first?.fields?.names.first == host)
        }
        let pair = try Pair(try made.client(host: "third.example.org"), server)
        try pair.pump()
        #expect(pair.server.recorder.failures == [.noIdentity(serverName: "third.example.org")])
        #expect(pair.client.recorder.failures.first?.alert?.alert.name == "unrecognized_name")
    }

    @Test func `the kinds of key follow from what the client can take`() throws {
        let made = try Certificates.get()
        let server = try TLSContext.server(TLSServerSettings(identity: .byName { _ in .later }))
        for (version, expected) in [(TLSVersion.tls13, TLSKeyTypes.ecdsa), (.tls12, [.ecdsa, .rsa])] {
            let pair = try Pair(try made.client { $0.common.maximumVersion = version }, server)
            try pair.pump()
            #expect(pair.server.recorder.keys == [expected])
        }
    }

    @Test(arguments: [("ECDHE-ECDSA-AES128-GCM-SHA256", "EC 256"), ("ECDHE-RSA-AES128-GCM-SHA256", "RSA 2048")])
    func `before TLS 1.3 the cipher suite decides which certificate is shown`(suite: String, key: String) throws {
        let made = try Certificates.get()
        let server = try TLSContext.server(TLSServerSettings(identity: .byName { _ in .later }))
        let client = try made.client {
            $0.common.maximumVersion = .tls12
            $0.common.cipherList = suite
            $0.verification = .none
        }
        let pair = try Pair(client, server)
        try pair.pump()
        pair.server.handler.provide([try made.identity("good"), try made.identity("rsa")])
        try pair.pump()
        let facts = try pair.facts()
        #expect(facts.client.peerCertificates.first?.fields?.key == key)
        #expect(facts.server.ownCertificate == facts.client.peerCertificates.first)
    }

    @Test func `a handshake waits for a certificate that is made later`() throws {
        let made = try Certificates.get()
        let server = try TLSContext.server(TLSServerSettings(identity: .byName { _ in .later }))
        let pair = try Pair(try made.client(), server)
        try pair.pump()
        #expect(pair.server.recorder.serverNames == [Certificates.host])
        #expect(pair.client.recorder.established.isEmpty && pair.client.recorder.failures.isEmpty)
        pair.server.handler.provide([try made.identity("good")])
        try pair.pump()
        _ = try pair.facts()

        let refused = try Pair(try made.client(), server)
        try refused.pump()
        refused.server.handler.provide([])
        try refused.pump()
        #expect(refused.server.recorder.failures == [.noIdentity(serverName: Certificates.host)])
        #expect(refused.client.recorder.failures.first?.alert?.isFromPeer == true)
    }
}
