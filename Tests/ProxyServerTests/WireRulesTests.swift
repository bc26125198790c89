import IMAPSession
import NIOCore
import NIOPosix
import ProxyCore
import ProxyServer
import RuleEngine
import Synchronization
import Testing
import Traffic

/// Rules that say the same of every untagged response, or of every command.
private final class FixedRules: WireRuleSource {
    let plan: WirePlan
    let direction: Direction

    init(_ plan: WirePlan, _ direction: Direction) {
        self.plan = plan
        self.direction = direction
    }

    func observe(_ message: Message) {}
    func observe(_ event: SessionEvent) {}
    func mayApply(_ direction: Direction) -> Bool { direction == self.direction }
    func mayApply(to message: Message) -> Bool {
        message.direction == self.direction && (message.kind == .untagged || message.kind == .command)
    }
    func plan(_ message: Message, octets: RawSpan) -> WirePlan { self.plan }
    func streamPlan(_ message: Message, octets: RawSpan) -> StreamPlan? { nil }

    static func options(_ plan: WirePlan, _ direction: Direction) -> ProxyOptions {
        ProxyOptions(wireRules: { _ in FixedRules(plan, direction) })
    }
}

/// Decides on a thread of its own.
private struct Decider: MessageInterceptor {
    let decision: InterceptionDecision
    let taken = Taken()

    final class Taken: Sendable {
        let errors = Mutex<[InterceptionError?]>([])
    }

    func messageWaits(_ message: InterceptedMessage) {
        let (decision, taken) = (self.decision, self.taken)
        Task.detached {
            // The second one comes too late.
            message.decide(decision) { error in taken.errors.withLock { $0.append(error) } }
            message.decide(decision) { error in taken.errors.withLock { $0.append(error) } }
        }
    }

    func connectionEnded(_ connection: ConnectionID) {}
}

@Suite(.serialized) struct `Rules on loopback sockets` {
    @Test func `deliver late and in slices, and lose nothing`() async throws {
        var delivery = Delivery(rule: "slow")
        delivery.delay = 50_000_000
        delivery.slice = 5
        delivery.pause = 1_000_000
        var plan = WirePlan()
        plan.delivery = delivery
        let rig = try await Rig.start(options: FixedRules.options(plan, .server)) { Echo() }
        let client = try await rig.client()
        _ = try await client.receive(lineBeginning: "* OK")
        let clock = ContinuousClock()
        let began = clock.now
        // The server says it back.
        try await client.send("* 1 EXISTS\r\n* 2 EXISTS\r\n")
        let octets = try await client.receive(within: 10) { $0.count >= 24 }
        #expect(octets == Array("* 1 EXISTS\r\n* 2 EXISTS\r\n".utf8))
        #expect(clock.now - began >= .milliseconds(100))
        await client.close()
        await rig.stop()
    }

    @Test func `reset a connection inside a message`() async throws {
        var delivery = Delivery(rule: "cut")
        delivery.stop = Delivery.Stop(after: 5, by: .reset)
        var plan = WirePlan()
        plan.delivery = delivery
        let rig = try await Rig.start(options: FixedRules.options(plan, .server)) { Echo() }
        let client = try await rig.client()
        _ = try await client.receive(lineBeginning: "* OK")
        try await client.send("* 1 EXISTS\r\n")
        _ = try await client.receiveAll()
        #expect(client.wasReset)
        await rig.stop()
    }

    @Test func `half-close a direction inside a message, and the other goes on`() async throws {
        var delivery = Delivery(rule: "cut")
        delivery.stop = Delivery.Stop(after: 5, by: .halfClose)
        var plan = WirePlan()
        plan.delivery = delivery
        let rig = try await Rig.start(options: FixedRules.options(plan, .server)) { Echo() }
        let client = try await rig.client()
        try await client.send("* 1 EXISTS\r\n")
        let octets = try await client.receiveAll()
        #expect(octets == Array("* OK ready\r\n* 1 E".utf8))
        #expect(!client.wasReset)
        await client.close()
        await rig.stop()
    }

    @Test(arguments: [true, false]) func `let a person decide from any thread, or nobody`(asks: Bool) async throws {
        let decider = Decider(decision: .replace(Array("a SELECT y\r\n".utf8)))
        var plan = WirePlan()
        plan.breaksFor = "--break"
        let server = try await EmbeddedServer.start { Echo() }
        var configuration = ProxyConfiguration(
            listeners: [Endpoint(host: "127.0.0.1", port: 0)],
            upstream: server.endpoint,
            options: FixedRules.options(plan, .client)
        )
        if asks { configuration.interceptor = decider }
        let proxy = try await ListeningProxy.start(configuration, makeOutputs: { TellingOutputs(Told()) })
        let client = try await ScriptedClient.connect(to: proxy.endpoints[0])
        _ = try await client.receive(lineBeginning: "* OK")
        try await client.send("a SELECT x\r\n")
        let octets = try await client.receive(within: 10) { $0.count >= 12 }
        #expect(String(decoding: octets, as: UTF8.self) == (asks ? "a SELECT y\r\n" : "a SELECT x\r\n"))
        await client.close()
        await proxy.stop()
        await server.stop()
        if asks {
            let errors = decider.taken.errors.withLock { $0 }
            #expect(errors.first == .some(nil))
        }
    }
}
