import IMAPSession
import Probing
import ProxyCore
import ProxyServer
import Reporting
import SASL
import TestServer
import Traffic

/// A probe of a client from its listener to its exit status.
struct ProbeClientRun: Sendable {
    var url: ServerURL
    var packs: [PackWalk.Pack]
    var user: String
    var password: Secret?
    var tls: TLSOptions.Decided
    var format: ProbeFormat

    static let user = TutorialMail.user
    /// The password of the tutorial; its mail is on no other server.
    private static let password = "My_P@ssword1"
    /// Seconds after which a client that does not log in is sent away, so that the walk goes on.
    private static let loginTimeout = 60

    func run() throws {
        SignalWatch.block(StopSignal.signals)
        let (ends, continuation) = AsyncStream<Void>.makeStream()
        let isText = self.format == .text
        let walk = PackWalk(self.packs) { pack, verdict in
            if isText { writeNotice("\(pack.name): \(verdict.grade.rawValue)") }
        } finished: {
            continuation.yield()
        }
        let stop = try StopSignal(reopen: {}, reload: {})
        let outcome = Blocking.run { () async -> Result<Void, any Error> in
            do {
                try await self.serve(walk, stop, ends)
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try outcome.get()
        let output = StandardOutput()
        let report = ClientProbeReport(results: walk.results)
        output.write(isText ? report.text : report.json)
        try output.finish()
        if walk.results.contains(where: { $0.verdict?.isBad ?? false }) { throw EndOfCommand(exitCode: .findings) }
    }

    private func serve(_ walk: PackWalk, _ stop: StopSignal, _ ends: AsyncStream<Void>) async throws {
        let server = try await EmbeddedServer.start { [configuration = try self.server(), store = self.store] in
            DemoServer(configuration: configuration, store: store)
        }
        do {
            let proxy = try await self.proxy(walk, before: server.endpoint)
            let addresses = proxy.endpoints.map { ServerURL(endpoint: $0).description }.joined(separator: ", ")
            let count = self.packs.count
            writeNotice(
                "listening on \(addresses), STARTTLS offered; \(count) attacks, one a connection; Ctrl-C ends"
            )
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await stop.received() }
                group.addTask { for await _ in ends { return } }
                await group.next()
                group.cancelAll()
            }
            await proxy.stop()
            await server.stop()
        } catch {
            await server.stop()
            throw error
        }
    }

    private func proxy(_ walk: PackWalk, before server: Endpoint) async throws -> ListeningProxy {
        var options = ProxyOptions(loginTimeout: Self.loginTimeout)
        options.wireRules = { walk.rules(for: $0.connection) }
        var configuration = ProxyConfiguration(listeners: [Endpoint](), upstream: server, options: options)
        // Clients know the server as localhost.
        let name = ServerURL(endpoint: Endpoint(host: "localhost", port: server.port))
        try ProxyTLS(self.tls, startTLS: .offer, upstream: name).apply([self.url], to: &configuration)
        return try await ListeningProxy.start(
            configuration,
            makeOutputs: { LoopOutputs(sinks: [walk], reveals: false) }
        )
    }

    private func server() throws -> ServerConfiguration {
        let users: PasswordFile
        if let password {
            users = try password.withBytes {
                try PasswordFile(parsing: Array("\(self.user):".utf8) + Array($0) + [0x0A])
            }
        } else {
            users = try PasswordFile(parsing: Array("\(self.user):\(Self.password)\n".utf8))
        }
        var configuration = TutorialMail.configuration(users: users)
        configuration.misbehaviours = []
        configuration.greeting = .ok("imapscope ready")
        return configuration
    }

    private var store: MailStore { MailStore(accounts: [self.user: TutorialMail.account()]) }
}
