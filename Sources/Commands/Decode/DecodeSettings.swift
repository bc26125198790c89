import FilterLanguage
import RuleEngine
import SASL

/// Everything that was decided for a command that reads packets.
struct DecodeSettings: Sendable {
    var paths: [String]
    /// Of stores: the sessions to be read; nil: all.
    var sessions: [Int64]?
    var ports: Set<UInt16>
    /// The format of logs; nil: what they look like.
    var logFormat: String?
    var extract: FilePath?
    /// Whether the streams are named as Dovecot names those of its rawlog.
    var extractsRawlog = false
    /// A transcript in a file.
    var textFile: FilePath?
    var exportMail: FilePath?
    var decryption: DecryptionOptions.Decided
    var passwords: FilePath?
    var asksForPassword: Bool
    var format: TranscriptFormat
    var detail: Int
    var appearance: TranscriptAppearance
    var jsonl: FilePath?
    var files: FileOutputOptions.Decided
    /// Nil: all fields.
    var fields: FieldList?
    var filter: Filter?
    var rules: RuleSet?
    /// Nil: no checks look.
    var audit: LiveAuditOptions.Decided?
    var maximumFlows: Int
    /// In seconds.
    var flowTimeout: Int
    var isQuiet: Bool

    init(_ paths: [String], _ command: PacketReadingOptions, _ settings: inout Settings, isTerminal: Bool) throws {
        self.paths = paths
        self.sessions = nil
        let ports: [Amount<PortBounds>] = try settings.values(.port, command.port, default: [])
        self.ports = Set(ports.map { UInt16($0.number) })
        self.extract = try settings.value(.extract, command.extract, absence: "no files")
        self.exportMail = try settings.value(.exportMail, command.exportMail, absence: "no files")
        self.decryption = try command.decryption.decide(&settings)
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
        self.filter = try command.filter.decide(&settings)
        self.rules = try command.rules.decide(
            &settings,
            revealsSecrets: self.appearance.revealsSecrets
        )
        self.audit = try command.audit.decide(&settings)
        // Streams are written as they come, before a message can be judged or its parts be known.
        if self.extract != nil, self.filter != nil || self.rules != nil {
            throw UsageError(option: "--extract", text: "writes whole streams: not with --filter or --rules")
        }
        // Octets go to the files before their message is known, and a mail that a rule has changed is another one.
        if self.exportMail != nil, self.filter != nil || self.rules != nil {
            throw UsageError(option: "--export-mail", text: "writes messages exactly: not with --filter or --rules")
        }
        try self.files.check(isFiltered: self.filter != nil)
        let flows: Amount<ConnectionBounds> = try settings.value(.maxFlows, command.maxFlows, default: Amount(16_384))
        self.maximumFlows = flows.number
        let timeout: Amount<FlowTimeBounds> = try settings.value(
            .flowTimeout,
            command.flowTimeout,
            default: Amount(86_400)
        )
        self.flowTimeout = timeout.number
        self.isQuiet = try settings.flag(.quiet, command.quiet)
    }
}

enum PortBounds: AmountBounds { static let range = 1...65_535 }
enum FlowTimeBounds: AmountBounds { static let range = 1...31_536_000 }
