import IMAPSession
import NIOCore
import NIOPosix
import ProxyCore
import ProxyServer
import Synchronization
import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What the sessions of a proxy said, from every loop.
final class Told: Sendable {
    struct Facts {
        var findings: [String] = []
        var findingTexts: [String] = []
        var ended = 0
        var octets: UInt64 = 0
        var closings: [Closing] = []
        /// The threads on which sessions began.
        var threads: Set<UInt> = []
    }

    let facts = Mutex(Facts())
}

final class TellingOutputs: SessionOutputs {
    final class Observer: SessionObserver {
        let told: Told

        init(_ told: Told) {
            self.told = told
        }

        func message(_ message: Message, text: RawSpan, secrets: [Secret]) {}
        func announced(_ message: Message, text: RawSpan) {}
        func literal(_ piece: LiteralPiece, octets: RawSpan) {}

        func event(_ event: SessionEvent) {
            self.told.facts.withLock { facts in
                switch event {
                case .began: facts.threads.insert(UInt(pthread_self()))
                case .finding(let finding, _):
                    facts.findings.append(finding.id)
                    facts.findingTexts.append(finding.text)
                case .closed(_, let how, _): facts.closings.append(how)
                case .ended(let summary):
                    facts.ended += 1
                    facts.octets += summary.clientOctets + summary.serverOctets
                default: break
                }
            }
        }
    }

    let told: Told

    init(_ told: Told) {
        self.told = told
    }

    func observer(for connection: ConnectionID) -> any SessionObserver { Observer(self.told) }
    func flush() {}
}

/// A server and a proxy before it.
struct Rig {
    var server: EmbeddedServer
    var proxy: ListeningProxy
    var told: Told

    static func start(
        options: ProxyOptions = ProxyOptions(),
        maximumConnections: Int = 1000,
        threads: Int = 1,
        _ script: @escaping @Sendable () -> any ServerScript
    ) async throws -> Rig {
        let server = try await EmbeddedServer.start(script)
        let told = Told()
        let proxy = try await ListeningProxy.start(
            ProxyConfiguration(
                listeners: [Endpoint(host: "127.0.0.1", port: 0)],
                upstream: server.endpoint,
                options: options,
                maximumConnections: maximumConnections,
                threads: threads
            ),
            makeOutputs: { TellingOutputs(told) }
        )
        return Rig(server: server, proxy: proxy, told: told)
    }

    func client() async throws -> ScriptedClient {
        try await ScriptedClient.connect(to: self.proxy.endpoints[0])
    }

    func stop() async {
        await self.proxy.stop()
        await self.server.stop()
    }
}

/// Sends back what it gets, and `greeting` first.
struct Echo: ServerScript {
    var greeting = "* OK ready\r\n"

    mutating func connected() -> [UInt8] { Array(self.greeting.utf8) }

    mutating func receive(_ bytes: RawSpan) -> (octets: [UInt8], close: Bool) {
        (bytes.withUnsafeBytes { Array($0) }, false)
    }
}

/// Answers a line with a literal of so many octets, anything else with itself.
struct Flood: ServerScript {
    var octets: Int

    mutating func connected() -> [UInt8] { Array("* OK ready\r\n".utf8) }

    mutating func receive(_ bytes: RawSpan) -> (octets: [UInt8], close: Bool) {
        let received = bytes.withUnsafeBytes { Array($0) }
        guard received.last == 0x0A else { return (received, false) }
        return (
            Array("* 1 FETCH (BODY[] {\(self.octets)}\r\n".utf8) + Array(repeating: 0x78, count: self.octets), false
        )
    }
}

/// Octets that repeat themselves in no short period.
func noise(_ count: Int) -> [UInt8] {
    var value: UInt32 = 12345
    return (0..<count).map { _ in
        value = value &* 1_664_525 &+ 1_013_904_223
        return UInt8(truncatingIfNeeded: value >> 24)
    }
}
