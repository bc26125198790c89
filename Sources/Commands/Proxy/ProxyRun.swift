import IMAPSession
import Masking
import ProxyCore
import ProxyServer
import Reporting
import RuleEngine
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

    func run() throws {
        SignalWatch.block(StopSignal.signals)
        let files = try self.ruleFiles()
        let gate = self.settings.wire.breakFilter == nil ? nil : OutputGate()
        let prompt = try self.prompt(gate)
        let tls = try ProxyTLS(self.settings, upstream: self.upstream)
        var prepared = try self.configuration()
        try tls.apply(self.settings.listeners, to: &prepared)
        self.apply(files, prompt, to: &prepared)
        let configuration = prepared
        self.warn(configuration, keyLog: tls.keyLog?.path)
        DescriptorLimit.raise()
        let outputs = try ProxyOutputs(self.settings, gate: gate)
        let stop = try StopSignal(reopen: { outputs.reopen() }, reload: { self.reload(files) })
        files?.watch()
        let reveals = self.settings.appearance.revealsSecrets
        let rules = files?.current
        let audit = try self.settings.audit.map { try AuditEngines($0) }
        let notice: @Sendable (ProxyNotice) -> Void = { self.tell($0) }
        let outcome = Blocking.run { () async -> Result<Void, any Error> in
            do {
                let proxy = try await ListeningProxy.start(
                    configuration,
                    makeOutputs: {
                        LoopOutputs(sinks: outputs.sinks, reveals: reveals, rules: rules, audit: audit?.make())
                    },
                    notice: notice
                )
                outputs.began(proxy)
                self.announce(
                    zip(proxy.endpoints, proxy.legs).map {
                        ServerURL(scheme: $1 == .tls ? .imaps : .imap, endpoint: $0)
                    }
                )
                await stop.received()
                prompt?.close()
                await proxy.drain()
                await outputs.close()
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try outcome.get()
        try audit?.finish()
        if self.settings.isVerbose { writeNotice(outputs.totals.line) }
        if let line = rules?.ruleSet.tallyLine, !self.settings.isQuiet { writeNotice(line) }
        if outputs.hasFailed || tls.keyLog?.hasFailed == true { throw EndOfCommand(exitCode: .ioError) }
    }

    // MARK: - Preparation

    private func configuration() throws -> ProxyConfiguration {
        var options = ProxyOptions(
            connectTimeout: self.settings.connectTimeout,
            loginTimeout: self.settings.loginTimeout
        )
        options.session.passwords = try PasswordInput.read(self.settings.passwords, asks: self.settings.asksForPassword)
        options.session.verification.known = SCRAMKeyCache()
        if self.settings.audit != nil { options.session.secretMarker = try .ofThisRun() }
        options.session.reportsLiterals =
            self.settings.format == .text && self.settings.detail == 4 && self.settings.filter == nil
            || self.settings.files.pcap != nil || self.settings.files.store != nil
        // Reading every message by the grammar costs time that only those should pay who read what comes of it.
        options.session.checksSyntax =
            self.settings.format == .text && self.settings.detail >= 3 || self.settings.format == .jsonl
            || self.settings.jsonl != nil || self.settings.files.html != nil
        return ProxyConfiguration(
            listeners: self.settings.listeners.map(\.endpoint),
            upstream: self.upstream.endpoint,
            options: options,
            maximumConnections: self.settings.maximumConnections,
            threads: self.settings.threads
        )
    }

    /// Nil when there are no rules.
    private func ruleFiles() throws -> RuleFiles? {
        let breaking = self.settings.wire.breakFilter.map { [Rule.breaking(at: $0)] } ?? []
        guard !self.settings.rules.isEmpty || !breaking.isEmpty else { return nil }
        let isQuiet = self.settings.isQuiet
        return try RuleFiles(self.settings.rules, others: breaking) { notice in
            if notice.isProblem || !isQuiet { writeNotice(notice.text) }
        }
    }

    /// Who is asked about messages that wait; nil when none do.
    private func prompt(_ gate: OutputGate?) throws -> BreakPrompt? {
        guard self.settings.wire.breakFilter != nil else { return nil }
        let terminal = try BreakTerminal()
        let sharesTerminal = BreakTerminal.isTerminal(STDOUT_FILENO)
        return try BreakPrompt(
            terminal: terminal,
            gate: sharesTerminal ? gate : nil,
            limit: self.settings.wire.breakTimeout
        )
    }

    private func apply(_ files: RuleFiles?, _ prompt: BreakPrompt?, to configuration: inout ProxyConfiguration) {
        let wire = self.settings.wire
        configuration.options.holdLimit = wire.holdLimit
        configuration.options.onLimit = wire.onLimit
        configuration.options.failClosed = wire.failClosed
        configuration.options.breakTimeout = wire.breakTimeout
        if let current = files?.current {
            configuration.options.wireRules = { current.ruleSet.wire(for: $0.connection) }
        }
        if let prompt {
            configuration.interceptor = BreakInterceptor(
                prompt: prompt,
                revealsSecrets: self.settings.appearance.revealsSecrets
            )
        }
    }

    private func reload(_ files: RuleFiles?) {
        if let files { return files.reload() }
        if !self.settings.isQuiet { writeNotice("SIGHUP: there are no rule files (--rules) to read again") }
    }

    // MARK: - Notices

    /// What makes this run less secure than people may think.
    private func warn(_ configuration: ProxyConfiguration, keyLog: String?) {
        if self.settings.tls.isInsecure, self.upstream.scheme != .imap {
            writeNotice("warning: --insecure: any certificate of \(self.upstream) is accepted, whoever shows it")
        }
        if let keyLog {
            writeNotice("warning: the TLS secrets of all connections are written to \(TerminalText.escaped(keyLog))")
        }
        let hasTLSClients = configuration.listeners.contains { ProxyTLS.mayBeTLS($0.leg) }
        if hasTLSClients, self.upstream.scheme == .imap, !self.upstream.isLoopback {
            writeNotice(
                "warning: clients can speak TLS to imapscope, but it speaks cleartext to \(self.upstream.endpoint); "
                    + "imaps:// or imap+starttls:// in --upstream protects that leg too"
            )
        }
    }

    private func announce(_ urls: [ServerURL]) {
        for url in urls where !url.isLoopback {
            let cleartext = url.scheme == .imap ? ", and passwords travel in cleartext" : ""
            writeNotice("warning: \(url) is no loopback address: other machines can connect\(cleartext)")
        }
        if self.settings.appearance.revealsSecrets {
            writeNotice("warning: --reveal-secrets: passwords and other secrets are shown, not masked")
        }
        guard !self.settings.isQuiet else { return }
        let addresses = urls.map(\.description).joined(separator: ", ")
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
