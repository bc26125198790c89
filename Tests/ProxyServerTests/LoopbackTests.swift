import IMAPSession
import NIOCore
import NIOPosix
import ProxyCore
import ProxyServer
import Synchronization
import Testing
import Traffic

@Suite(.serialized) struct `A proxy on loopback sockets` {
    @Test(arguments: [false, true]) func `carries five megabytes each way untouched`(canEdit: Bool) async throws {
        var options = ProxyOptions()
        if canEdit { options.neverOfferSTARTTLS() }
        let rig = try await Rig.start(options: options) { Echo() }
        let client = try await rig.client()
        #expect(try await client.receive(lineBeginning: "* OK") == "* OK ready\r\n")
        let octets = noise(5_000_000)
        let receiving = Task {
            try await client.receive(within: 60) { $0.count >= 5_000_000 }
        }
        var position = 0
        var size = 1
        while position < octets.count {
            let end = min(position + size, octets.count)
            try await client.send(Array(octets[position..<end]))
            position = end
            size = size * 3 % 70_001 + 1
        }
        #expect(try await receiving.value == octets)
        await client.close()
        await rig.stop()
        #expect(rig.told.facts.withLock { $0.ended } == 1)
        #expect(rig.told.facts.withLock { $0.octets } == 10_000_012)
    }

    @Test func `passes a half-close on while the answer still comes`() async throws {
        let rig = try await Rig.start { Flood(octets: 3_000_000) }
        let client = try await rig.client()
        _ = try await client.receive(lineBeginning: "* OK")
        try await client.send("a FETCH 1 BODY[]\r\n")
        try await client.closeOutput()
        let octets = try await client.receiveAll()
        #expect(octets.count == 3_000_000 + "* 1 FETCH (BODY[] {3000000}\r\n".utf8.count)
        #expect(!client.wasReset)
        await rig.stop()
        #expect(rig.told.facts.withLock { $0.closings } == [.closed, .closed])
    }

    @Test func `delivers what a client sent before it closed at once`() async throws {
        let rig = try await Rig.start { Echo() }
        let client = try await rig.client()
        try await client.send("a LOGOUT\r\n")
        try await client.closeOutput()
        #expect(try await client.receiveAll() == Array("* OK ready\r\na LOGOUT\r\n".utf8))
        await rig.stop()
    }

    @Test func `passes the client's reset on`() async throws {
        let rig = try await Rig.start { Echo() }
        let client = try await rig.client()
        _ = try await client.receive(lineBeginning: "* OK")
        await client.reset()
        await rig.proxy.drain()
        #expect(rig.told.facts.withLock { $0.closings } == [.reset])
        await rig.server.stop()
    }

    @Test func `passes the server's reset on`() async throws {
        let listener = try await ResettingServer.start()
        let told = Told()
        let proxy = try await ListeningProxy.start(
            ProxyConfiguration(listeners: [Endpoint(host: "127.0.0.1", port: 0)], upstream: listener.endpoint),
            makeOutputs: { TellingOutputs(told) }
        )
        let client = try await ScriptedClient.connect(to: proxy.endpoints[0])
        try await client.send("a NOOP\r\n")
        _ = try await client.receiveAll()
        #expect(client.wasReset)
        await proxy.drain()
        #expect(told.facts.withLock { $0.closings } == [.reset])
        try await listener.stop()
    }

    @Test func `says BYE when nobody listens upstream`() async throws {
        let server = try await EmbeddedServer.start { Echo() }
        await server.stop()
        let told = Told()
        let proxy = try await ListeningProxy.start(
            ProxyConfiguration(listeners: [Endpoint(host: "127.0.0.1", port: 0)], upstream: server.endpoint),
            makeOutputs: { TellingOutputs(told) }
        )
        let client = try await ScriptedClient.connect(to: proxy.endpoints[0])
        // Octets that nobody reads must not turn the close into a reset.
        try await client.send("a NOOP\r\n")
        let line = "* BYE [UNAVAILABLE] imapscope: cannot reach \(server.endpoint) (connection refused)\r\n"
        #expect(String(decoding: try await client.receiveAll(), as: UTF8.self) == line)
        #expect(!client.wasReset)
        await client.close()
        await proxy.drain()
        #expect(told.facts.withLock { $0.findings } == ["upstream-unreachable"])
    }

    @Test func `says BYE when the upstream name has no address`() async throws {
        let proxy = try await ListeningProxy.start(
            ProxyConfiguration(
                listeners: [Endpoint(host: "127.0.0.1", port: 0)],
                upstream: Endpoint(host: "nowhere.invalid", port: 143)
            ),
            makeOutputs: { TellingOutputs(Told()) }
        )
        let client = try await ScriptedClient.connect(to: proxy.endpoints[0])
        let answer = String(decoding: try await client.receiveAll(), as: UTF8.self)
        #expect(answer.hasPrefix("* BYE [UNAVAILABLE] imapscope: cannot reach nowhere.invalid:143 ("))
        await proxy.drain()
    }

    @Test func `reads no further than a slow client takes`() async throws {
        let size = 100_000_000
        let rig = try await Rig.start { Flood(octets: size) }
        let client = try await StalledClient.connect(to: rig.proxy.endpoints[0])
        try await client.send("a FETCH 1 BODY[]\r\n")
        // Both connections live on one event loop: each round trip of this one is a turn in which the other could be read.
        let other = try await rig.client()
        _ = try await other.receive(lineBeginning: "* OK")
        for _ in 0..<500 {
            try await other.send("n")
            _ = try await other.receive { !$0.isEmpty }
        }
        await client.close()
        await other.close()
        await rig.stop()
        // Kernel buffers of two sockets and the high-water mark, not the message.
        #expect(rig.told.facts.withLock { $0.octets } < UInt64(size / 2))
    }

    @Test(arguments: [1, 4]) func `serves two hundred clients at once, on any number of threads`(threads: Int)
        async throws
    {
        let rig = try await Rig.start(threads: threads) { Echo() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let client = try await rig.client()
                    _ = try await client.receive(lineBeginning: "* OK")
                    for turn in 0..<5 {
                        let line = "a\(number).\(turn) NOOP\r\n"
                        try await client.send(line)
                        #expect(try await client.receive(lineBeginning: "a\(number).\(turn)") == line)
                    }
                    await client.close()
                }
            }
            try await group.waitForAll()
        }
        await rig.proxy.drain()
        #expect(rig.told.facts.withLock { $0.ended } == 200)
        // A session lives on one loop, the sessions on all of them.
        #expect(rig.told.facts.withLock { $0.threads.count } == threads)
        await rig.server.stop()
    }

    @Test func `turns clients beyond the limit away`() async throws {
        let rig = try await Rig.start(maximumConnections: 1) { Echo() }
        let first = try await rig.client()
        _ = try await first.receive(lineBeginning: "* OK")
        let second = try await rig.client()
        let answer = String(decoding: try await second.receiveAll(), as: UTF8.self)
        #expect(answer == "* BYE [UNAVAILABLE] imapscope: too many connections\r\n")
        await rig.stop()
    }

    @Test func `draining lets sessions finish, then ends them`() async throws {
        var options = ProxyOptions()
        options.drainTimeout = 1
        let rig = try await Rig.start(options: options) { Echo() }
        let client = try await rig.client()
        _ = try await client.receive(lineBeginning: "* OK")
        let draining = Task { await rig.proxy.drain() }
        try await client.send("a NOOP\r\n")
        #expect(try await client.receive(lineBeginning: "a NOOP") == "a NOOP\r\n")
        #expect(try await client.receiveAll().isEmpty)
        await draining.value
        #expect(rig.told.facts.withLock { $0.closings } == [.interrupted, .interrupted])
        await rig.server.stop()
    }

    @Test func `stands still while an output is blocked`() async throws {
        let rig = try await Rig.start { Echo() }
        let client = try await rig.client()
        _ = try await client.receive(lineBeginning: "* OK")
        rig.proxy.setOutputsBlocked(true)
        let other = try await rig.client()
        await #expect(throws: ScriptedClientError.timedOut(received: [])) {
            try await other.receive(within: 1) { !$0.isEmpty }
        }
        rig.proxy.setOutputsBlocked(false)
        #expect(try await other.receive(lineBeginning: "* OK") == "* OK ready\r\n")
        await rig.stop()
    }

    @Test func `says which port is in use`() async throws {
        let rig = try await Rig.start { Echo() }
        let taken = rig.proxy.endpoints[0]
        await #expect(throws: ListenError.addressInUse(taken)) {
            try await ListeningProxy.start(
                ProxyConfiguration(listeners: [taken], upstream: taken),
                makeOutputs: { TellingOutputs(Told()) }
            )
        }
        let unknown = Endpoint(host: "nowhere.invalid", port: 0)
        await #expect {
            try await ListeningProxy.start(
                ProxyConfiguration(listeners: [unknown], upstream: taken),
                makeOutputs: { TellingOutputs(Told()) }
            )
        } throws: { error in
            guard case ListenError.unresolvable(unknown, _) = error else { return false }
            return true
        }
        await rig.stop()
    }
}
