import FilterLanguage
import IMAPSession
import Masking
import ProxyCore
import ProxyServer
import Reporting
import RuleEngine
import SASL
import Synchronization
import TestServer
import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The demo from its options to its last line: client, proxy and server in one process.
struct DemoRun: Sendable {
    var format: ReportFormat
    var detail: Int
    var appearance: TranscriptAppearance
    var filter: Filter?
    var rules: RuleSet?

    /// The password of the tutorial; its mail is on no other server.
    private static let password = "My_P@ssword1"

    func run() throws {
        if self.appearance.revealsSecrets {
            writeNotice("--reveal-secrets: passwords and other secrets are shown, not masked")
        }
        let outcome = Blocking.run { () async -> Result<Int32?, any Error> in
            let problem = WriteProblem()
            let output = FileOutput(descriptor: STDOUT_FILENO, policy: .pause) { problem.take($0) }
            do {
                try await self.play(to: output)
                await output.close()
                return .success(problem.errno)
            } catch {
                await output.close()
                return .failure(error)
            }
        }
        if let line = rules?.tallyLine { writeNotice(line) }
        if let number = try outcome.get() { throw Failure(standardOutput: number) }
    }

    private func play(to output: FileOutput) async throws {
        let users = try PasswordFile(parsing: Array("\(TutorialMail.user):\(Self.password)\n".utf8))
        let configuration = TutorialMail.configuration(users: users)
        let store = MailStore(accounts: [TutorialMail.user: TutorialMail.account()])
        let server = try await EmbeddedServer.start { DemoServer(configuration: configuration, store: store) }
        do {
            try await self.play(before: server.endpoint, users: users, to: output)
            await server.stop()
        } catch {
            await server.stop()
            throw error
        }
    }

    private func play(before server: Endpoint, users: PasswordFile, to output: FileOutput) async throws {
        var options = ProxyOptions()
        options.session.passwords = users
        options.session.reportsLiterals = self.format == .text && self.detail == 4 && self.filter == nil
        options.session.checksSyntax = self.format == .jsonl || self.detail >= 3
        let sink = self.sink(output)
        let reveals = self.appearance.revealsSecrets
        let rules = self.rules.map { CurrentRules($0) }
        let proxy = try await ListeningProxy.start(
            ProxyConfiguration(
                listeners: [Endpoint(host: "127.0.0.1", port: 0)],
                upstream: server,
                options: options
            ),
            makeOutputs: { LoopOutputs(sinks: [sink], reveals: reveals, rules: rules) }
        )
        do {
            if self.format == .text { output.write(DemoText.lead(proxy: proxy.endpoints, server: server)) }
            let password = Secret(Array(Self.password.utf8))
            try await DemoClient.play(TutorialSession(password: password), at: proxy.endpoints[0])
            // The session ends as in real life, not because the proxy does.
            await proxy.idle()
        } catch {
            await proxy.stop()
            throw error
        }
        await proxy.stop()
        if self.format == .text { output.write(DemoText.next) }
    }

    private func sink(_ output: FileOutput) -> SharedSink {
        let sink: any BufferedSink =
            switch self.format {
            case .text:
                TextTranscript(
                    output: output,
                    detail: TextDetail(rawValue: self.detail) ?? .messages,
                    color: self.appearance.isColored,
                    revealsSecrets: self.appearance.revealsSecrets
                )
            case .jsonl:
                JSONLines(
                    output: output,
                    header: JSONHeader(version: Version.number, revealsSecrets: self.appearance.revealsSecrets)
                )
            }
        return SharedSink(self.filter?.before(sink) ?? sink)
    }
}

/// Why standard output cannot be written. A reader that has gone has seen enough, which is no problem.
private final class WriteProblem: Sendable {
    private let number = Mutex<Int32?>(nil)

    var errno: Int32? { self.number.withLock { $0 } }

    func take(_ notice: FileOutput.Notice) {
        guard case .failed(let errno) = notice else { return }
        self.number.withLock { $0 = errno }
    }
}
