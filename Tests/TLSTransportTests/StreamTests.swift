import NIOCore
import NIOEmbedded
import Synchronization
import Testing

@testable import TLSTransport

@Suite struct StreamTests {
    private func established(_ version: TLSVersion = .tls13, piece: Int = .max) throws -> Pair {
        let made = try Certificates.get()
        let pair = try Pair(try made.client(), try made.server { $0.common.maximumVersion = version }, piece: piece)
        try pair.pump()
        _ = try pair.facts()
        return pair
    }

    @Test(arguments: [TLSVersion.tls12, .tls13])
    func `20 MB arrive intact in both directions`(version: TLSVersion) throws {
        let pair = try self.established(version, piece: 100_003)
        var sent = ByteBuffer()
        var word: UInt64 = 0x9E37_79B9_7F4A_7C15
        for _ in 0..<(20 << 20) / 8 {
            word = word &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            sent.writeInteger(word)
        }
        pair.client.channel.writeAndFlush(sent, promise: nil)
        pair.server.channel.writeAndFlush(sent, promise: nil)
        try pair.pump()
        #expect(pair.client.recorder.octets == sent)
        #expect(pair.server.recorder.octets == sent)
    }

    @Test func `small writes of one flush share a record`() throws {
        let pair = try self.established()
        let before = pair.server.sent.readableBytes
        let done = Mutex(0)
        for index in 0..<100 {
            let promise = pair.server.channel.eventLoop.makePromise(of: Void.self)
            promise.futureResult.whenSuccess { done.withLock { $0 += 1 } }
            pair.server.channel.write(ByteBuffer(string: "* \(index) EXISTS\r\n"), promise: promise)
        }
        pair.server.channel.flush()
        try pair.pump()
        let record = pair.server.sent.readableBytes - before
        #expect(record == pair.client.recorder.octets.readableBytes + 22)
        #expect(pair.client.recorder.reads.count == 1)
        #expect(done.withLock { $0 } == 100)
    }

    @Test func `nothing is encrypted before it is flushed, and empty writes come true in order`() throws {
        let pair = try self.established()
        let promise = pair.client.channel.eventLoop.makePromise(of: Void.self)
        let isDone = Mutex(false)
        promise.futureResult.whenSuccess { isDone.withLock { $0 = true } }
        pair.client.channel.write(ByteBuffer(), promise: promise)
        #expect(try pair.client.takeOutbound().readableBytes == 0)
        #expect(!isDone.withLock { $0 })
        pair.client.channel.flush()
        #expect(isDone.withLock { $0 })
    }

    @Test(arguments: [TLSVersion.tls10, .tls12, .tls13])
    func `close_notify closes one direction, the other goes on`(version: TLSVersion) throws {
        let made = try Certificates.get()
        let server = try made.server {
            $0.common.minimumVersion = .tls10
            $0.common.maximumVersion = version
        }
        let pair = try Pair(try made.client { $0.common.minimumVersion = .tls10 }, server)
        try pair.pump()
        try pair.client.send("last words")
        pair.client.channel.close(mode: .output, promise: nil)
        try pair.pump()
        #expect(pair.client.socket.isOutputClosed)
        pair.server.endOfStream()
        #expect(pair.server.recorder.text == "last words")
        #expect(pair.server.recorder.inputClosed == 1)
        #expect(!pair.server.recorder.wasTruncated)
        try pair.server.send("* BYE\r\n")
        try pair.pump()
        #expect(pair.client.recorder.text == "* BYE\r\n")
        #expect(throws: (any Error).self) {
            try pair.client.channel.writeAndFlush(ByteBuffer(string: "too late")).wait()
        }
    }

    @Test func `a half-close before the handshake is over happens behind what was written`() throws {
        let made = try Certificates.get()
        let pair = try Pair(try made.client(), try made.server())
        try pair.client.send("early")
        pair.client.channel.close(mode: .output, promise: nil)
        try pair.pump()
        #expect(pair.server.recorder.text == "early")
        #expect(pair.server.recorder.inputClosed == 1)
        #expect(!pair.server.recorder.wasTruncated)
    }

    @Test(arguments: [TLSVersion.tls12, .tls13])
    func `a stream without close_notify is truncated`(version: TLSVersion) throws {
        let pair = try self.established(version)
        pair.server.endOfStream()
        #expect(pair.server.recorder.wasTruncated)
        #expect(pair.server.recorder.inputClosed == 1)
        pair.client.channel.pipeline.fireChannelInactive()
        #expect(pair.client.recorder.wasTruncated)
    }

    @Test(arguments: [TLSVersion.tls12, .tls13])
    func `a truncated stream is passed on as one, and its session stays good`(version: TLSVersion) throws {
        let made = try Certificates.get()
        let server = try made.server { $0.common.maximumVersion = version }
        let client = try made.client()
        let pair = try Pair(client, server)
        try pair.pump()
        pair.client.handler.truncates = true
        try pair.client.send("last words")
        pair.client.channel.close(mode: .output, promise: nil)
        try pair.pump()
        #expect(pair.client.socket.isOutputClosed)
        #expect(pair.server.recorder.inputClosed == 0)
        pair.server.endOfStream()
        #expect(pair.server.recorder.text == "last words")
        #expect(pair.server.recorder.wasTruncated)
        pair.client.channel.pipeline.fireChannelInactive()

        let next = try Pair(client, server)
        try next.pump()
        #expect(try next.facts().client.isResumed)
    }

    @Test func `a stream cut within a record gives up no part of it`() throws {
        let pair = try self.established()
        try pair.client.send("a1 LOGIN user pass")
        var record = try pair.client.takeOutbound()
        let start = record.readSlice(length: record.readableBytes - 1)
        let part = try #require(start)
        try pair.server.receive(part, piece: .max)
        pair.server.endOfStream()
        #expect(pair.server.recorder.text.isEmpty)
        #expect(pair.server.recorder.wasTruncated)
    }

    @Test func `a changed record is refused`() throws {
        let pair = try self.established()
        try pair.client.send("a1 NOOP\r\n")
        var record = try pair.client.takeOutbound()
        record.setInteger(0xFF as UInt8 ^ (record.getInteger(at: 8) ?? 0), at: 8)
        try pair.server.receive(record, piece: .max)
        #expect(pair.server.recorder.failures.first?.alert?.alert.name == "bad_record_mac")
        try pair.pump()
        #expect(pair.client.recorder.failures.first?.alert?.isFromPeer == true)
    }

    @Test(arguments: [TLSVersion.tls12, .tls13])
    func `sessions are taken up again on both legs`(version: TLSVersion) throws {
        let made = try Certificates.get()
        let client = try made.client()
        let server = try made.server { $0.common.maximumVersion = version }
        for round in 0..<4 {
            let pair = try Pair(client, server)
            try pair.pump()
            let facts = try pair.facts()
            #expect(facts.client.isResumed == (round > 0))
            #expect(facts.server.isResumed == (round > 0))
            // Tickets carry no octets upward.
            #expect(pair.client.recorder.reads.isEmpty)
            #expect(facts.client.peerCertificates.count == 1)
            pair.client.channel.close(mode: .output, promise: nil)
            try pair.pump()
        }
        let never = try made.server {
            $0.common.maximumVersion = version
            $0.common.resumesSessions = false
        }
        for _ in 0..<2 {
            let pair = try Pair(client, never)
            try pair.pump()
            #expect(try !pair.facts().server.isResumed)
        }
    }

    @Test(arguments: [TLSVersion.tls12, .tls13])
    func `the key log of both ends is the same`(version: TLSVersion) throws {
        let made = try Certificates.get()
        let lines = Mutex((client: [String](), server: [String]()))
        let client = try made.client { $0.common.keyLog = { line in lines.withLock { $0.client.append(line) } } }
        let server = try made.server {
            $0.common.maximumVersion = version
            $0.common.keyLog = { line in lines.withLock { $0.server.append(line) } }
        }
        let pair = try Pair(client, server)
        try pair.pump()
        let logged = lines.withLock { $0 }
        #expect(Set(logged.client) == Set(logged.server))
        let labels = Set(logged.client.compactMap { $0.split(separator: " ").first.map(String.init) })
        if version == .tls12 {
            #expect(labels == ["CLIENT_RANDOM"])
        } else {
            #expect(
                labels == [
                    "CLIENT_HANDSHAKE_TRAFFIC_SECRET", "SERVER_HANDSHAKE_TRAFFIC_SECRET", "CLIENT_TRAFFIC_SECRET_0",
                    "SERVER_TRAFFIC_SECRET_0", "EXPORTER_SECRET",
                ]
            )
        }
        #expect(logged.client.allSatisfy { $0.split(separator: " ").count == 3 && !$0.contains("\n") })
    }
}
