import FilterLanguage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Everything that was decided for `imapscope proxy`.
struct ProxySettings: Sendable {
    var listeners: [ServerURL]
    /// Nil when none was given, which only `--print-config` accepts.
    var upstream: ServerURL?
    var startTLS: StartTLSPolicy?
    var tls: TLSOptions.Decided
    var passwords: FilePath?
    var asksForPassword: Bool
    var format: TranscriptFormat
    var detail: Int
    var appearance: TranscriptAppearance
    var jsonl: FilePath?
    var files: FileOutputOptions.Decided
    /// Nil: all fields.
    var fields: FieldList?
    /// Nil: everything is shown.
    var filter: Filter?
    var rules: [RuleSource]
    /// Nil: no checks look.
    var audit: LiveAuditOptions.Decided?
    var wire: WireOptions.Decided
    /// Nil: standard output drops, files pause the traffic.
    var onSlowOutput: SlowOutputPolicy?
    var maximumConnections: Int
    var connectTimeout: Int
    /// 0: none.
    var loginTimeout: Int
    var threads: Int
    var isQuiet: Bool
    var isVerbose: Bool

    init(_ command: ProxyCommand, _ settings: inout Settings, isTerminal: Bool) throws {
        let listeners: [ListenURL] = try settings.values(
            .listen,
            command.listen,
            default: ServerURL.defaultListeners.map { ListenURL($0) }
        )
        let upstream: UpstreamURL? = try settings.value(.upstream, command.upstream, absence: "required")
        self.listeners = listeners.map(\.url)
        self.upstream = upstream?.url
        self.startTLS = try settings.value(
            .starttls,
            command.starttls,
            absence: "offer"
        )
        self.tls = try command.tls.decide(&settings)
        self.passwords = try settings.value(
            .passwords,
            command.verification.passwords,
            absence: "proofs are not verified"
        )
        self.asksForPassword = command.verification.passwordPrompt
        self.format = try settings.value(.format, command.format, default: .text)
        let detail: Amount<DetailBounds> = try settings.value(.detail, command.detail, default: Amount(2))
        self.detail = detail.number
        self.appearance = try command.transcript.decide(&settings, isTerminal: isTerminal)
        self.jsonl = try settings.value(.jsonl, command.jsonl, absence: "no file")
        self.files = try command.files.decide(&settings)
        self.fields = try settings.value(.fields, command.fields, absence: "all fields")
        var filter = command.filter
        if let expression = command.expression {
            guard filter.filter == nil else {
                throw UsageError(option: "--filter", text: "there are two filters; join them with “and”")
            }
            filter.filter = expression
        }
        self.filter = try filter.decide(&settings)
        try self.files.check(isFiltered: self.filter != nil)
        self.rules = try command.rules.sources(
            &settings,
            revealsSecrets: self.appearance.revealsSecrets
        )
        self.audit = try command.audit.decide(&settings)
        self.wire = try command.wire.decide(&settings)
        self.onSlowOutput = try settings.value(
            .onSlowOutput,
            command.onSlowOutput,
            absence: "standard output drops, files pause"
        )
        let connections: Amount<ConnectionBounds> = try settings.value(
            .maxConnections,
            command.maxConnections,
            default: Amount(10_000)
        )
        let timeout: Amount<SecondBounds> = try settings.value(
            .connectTimeout,
            command.connectTimeout,
            default: Amount(30)
        )
        let login: Amount<WaitBounds> = try settings.value(.loginTimeout, command.loginTimeout, default: Amount(300))
        let threads: Amount<ThreadBounds> = try settings.value(
            .threads,
            command.threads,
            default: Amount(Processors.count)
        )
        self.maximumConnections = connections.number
        self.connectTimeout = timeout.number
        self.loginTimeout = login.number
        self.threads = threads.number
        self.isQuiet = try settings.flag(.quiet, command.quiet)
        self.isVerbose = try settings.flag(.verbose, command.verbose)
    }
}
