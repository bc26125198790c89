import AuditChecks
import IMAPSession
import Reporting

/// Everything that was decided for `imapscope audit`.
struct AuditSettings {
    var decode: DecodeSettings
    var audit: LiveAuditOptions.Decided
    var policy: AuditPolicy { self.audit.policy }
    var format: AuditReport.Format
    var failOn: Severity?

    init(_ command: AuditCommand, _ settings: inout Settings, isTerminal: Bool) throws {
        self.decode = try DecodeSettings(command, &settings, isTerminal: isTerminal)
        let policy: PolicySource = try settings.value(.policy, command.policy, default: .preset(.standard))
        self.audit = LiveAuditOptions.Decided(
            policy: try policy.read(),
            keepsBaselines: try settings.flag(.baselines, command.baselines)
        )
        let format: AuditFormat = try settings.value(.format, command.format, default: .text)
        self.format = format.report
        let limit: SeverityLimit? = try settings.value(.failOn, command.failOn, absence: "findings are no failure")
        self.failOn = limit?.severity
    }
}

extension DecodeSettings {
    /// Reads as decode does and writes no transcript.
    init(_ command: AuditCommand, _ settings: inout Settings, isTerminal: Bool) throws {
        self.paths = command.captures
        self.sessions = nil
        let ports: [Amount<PortBounds>] = try settings.values(.port, command.port, default: [])
        self.ports = Set(ports.map { UInt16($0.number) })
        self.decryption = try command.decryption.decide(&settings)
        self.passwords = try settings.value(
            .passwords,
            command.verification.passwords,
            absence: "proofs are not verified"
        )
        self.asksForPassword = command.verification.passwordPrompt
        self.format = .none
        self.detail = 2
        self.appearance = try command.transcript.decide(&settings, isTerminal: isTerminal)
        self.files = FileOutputOptions.Decided()
        self.rules = try command.rules.decide(&settings, revealsSecrets: self.appearance.revealsSecrets)
        self.maximumFlows = 16_384
        self.flowTimeout = 86_400
        self.isQuiet = try settings.flag(.quiet, command.quiet)
    }
}

/// `--format` of a report.
enum AuditFormat: String, ChoiceSetting {
    case text
    case json
    case sarif
    case html
    case md

    var report: AuditReport.Format {
        switch self {
        case .text: .text
        case .json: .json
        case .sarif: .sarif
        case .html: .html
        case .md: .md
        }
    }
}

/// `--fail-on`
struct SeverityLimit: SettingValue, Hashable {
    var severity: Severity

    init(setting text: String) throws(SettingValueError) {
        guard let severity = Severity.allCases.first(where: { $0.name == text }) else {
            throw SettingValueError(text, choices: Severity.allCases.map(\.name))
        }
        self.severity = severity
    }

    var settingText: String { self.severity.name }
}

/// `--policy`: a preset or a file.
enum PolicySource: SettingValue, Hashable {
    case preset(AuditPolicy)
    case file(String)

    init(setting text: String) throws(SettingValueError) {
        guard !text.isEmpty else { throw SettingValueError("the name of a policy is missing") }
        self = AuditPolicy.presets.first { $0.name == text }.map { .preset($0) } ?? .file(text)
    }

    var settingText: String {
        switch self {
        case .preset(let policy): policy.name
        case .file(let path): path
        }
    }

    /// No policy is larger.
    private static let limit = 1 << 20

    func read() throws -> AuditPolicy {
        switch self {
        case .preset(let policy): return policy
        case .file(let path):
            let content = try InputFile.contents(of: path, limit: Self.limit)
            do throws(PolicyFileError) {
                return try PolicyFile.read(String(decoding: content, as: UTF8.self), path: path)
            } catch {
                let presets = AuditPolicy.presets.map(\.name).joined(separator: ", ")
                throw Failure(.configuration, error.description, advice: "give a YAML file or one of \(presets)")
            }
        }
    }
}
