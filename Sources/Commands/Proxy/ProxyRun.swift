import IMAPSession
import Masking
import ProxyCore
import ProxyServer
import Reporting
import SASL
import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The proxy from its settings to the signal that ends it.
struct ProxyRun: Sendable {
    let settings: ProxySettings
    let upstream: ServerURL

    /// No password file is larger; a wrong file name should not fill the memory.
    private static let passwordFileLimit = 64 << 20

    func run() throws {
        SignalWatch.block(StopSignal.signals)
        let configuration = try self.configuration()
        let outputs = try ProxyOutputs(self.settings)
        let stop = try StopSignal { outputs.reopen() }
        let reveals = self.settings.appearance.revealsSecrets
        let notice: @Sendable (ProxyNotice) -> Void = { self.tell($0) }
        let outcome = Blocking.run { () async -> Result<Void, any Error> in
            do {
                let proxy = try await ListeningProxy.start(
                    configuration,
                    makeOutputs: { LoopOutputs(sinks: outputs.sinks, reveals: reveals) },
                    notice: notice
                )
                outputs.began(proxy)
                self.announce(proxy.endpoints)
                await stop.received()
                await proxy.drain()
                await outputs.close()
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try outcome.get()
        if self.settings.isVerbose { writeNotice(outputs.totals.line) }
        if outputs.hasFailed { throw EndOfCommand(exitCode: .ioError) }
    }

    // MARK: - Preparation

    private func configuration() throws -> ProxyConfiguration {
        var options = ProxyOptions(connectTimeout: self.settings.connectTimeout)
        options.session.passwords = try self.passwords()
        options.session.reportsLiterals = self.settings.format == .text && self.settings.detail == 4
        if self.settings.startTLS == .never { options.neverOfferSTARTTLS() }
        return ProxyConfiguration(
            listeners: self.settings.listeners.map(\.endpoint),
            upstream: self.upstream.endpoint,
            options: options,
            maximumConnections: self.settings.maximumConnections,
            threads: self.settings.threads
        )
    }

    private func passwords() throws -> PasswordFile? {
        guard let path = self.settings.passwords?.path else { return nil }
        let content = try InputFile.contents(of: path, limit: Self.passwordFileLimit)
        do throws(PasswordFileError) {
            return try PasswordFile(parsing: content)
        } catch {
            throw Failure(.configuration, "\(path), \(error.description)")
        }
    }

    // MARK: - Notices

    private func announce(_ endpoints: [Endpoint]) {
        for url in endpoints.map({ ServerURL(endpoint: $0) }) where !url.isLoopback {
            writeNotice(
                "warning: \(url) is no loopback address: other machines can connect, and passwords travel in cleartext"
            )
        }
        if self.settings.appearance.revealsSecrets {
            writeNotice("warning: --reveal-secrets: passwords and other secrets are shown, not masked")
        }
        guard !self.settings.isQuiet else { return }
        let addresses = endpoints.map { "imap://\($0)" }.joined(separator: ", ")
        writeNotice("listening on \(addresses), upstream \(self.upstream); Ctrl-C stops")
    }

    private func tell(_ notice: ProxyNotice) {
        guard !self.settings.isQuiet else { return }
        switch notice {
        case .refused(let client, let limit):
            writeNotice("turned \(client) away: there are \(limit) connections already (--max-connections)")
        case .acceptFailed(let endpoint, let reason):
            writeNotice("cannot accept a connection on \(endpoint): \(reason)")
        }
    }
}
