import RuleEngine

extension DecodeSettings {
    /// Reads as decode does; there is one output.
    init(_ command: ConvertCommand, _ settings: inout Settings) throws {
        let format: ConvertFormat
        if let name = command.to {
            do throws(SettingValueError) { format = try ConvertFormat(setting: name) } catch {
                throw UsageError(option: "--to", text: error.description)
            }
        } else if let named = ConvertFormat(path: command.output) {
            format = named
        } else {
            throw UsageError(
                option: "--output",
                text:
                    "the name says no format: end it in .pcapng, .jsonl, .imapscope, .html, .txt or .rawlog, or give --to"
            )
        }
        self.paths = command.inputs
        self.sessions = command.session.isEmpty ? nil : command.session
        let ports: [Amount<PortBounds>] = try settings.values(.port, command.port, default: [])
        self.ports = Set(ports.map { UInt16($0.number) })
        self.decryption = try command.decryption.decide(&settings)
        self.asksForPassword = false
        self.detail = 4
        self.appearance = TranscriptAppearance(
            isColored: false,
            revealsSecrets: try settings.flag(.revealSecrets, command.revealSecrets)
        )
        self.rules = try command.rules.decide(&settings, revealsSecrets: self.appearance.revealsSecrets)
        self.files = FileOutputOptions.Decided()
        self.format = .none
        self.maximumFlows = 16_384
        self.flowTimeout = 86_400
        self.isQuiet = try settings.flag(.quiet, command.quiet)
        guard let path = try? FilePath(setting: command.output) else {
            throw UsageError(option: "--output", text: "the name of a file is missing")
        }
        switch format {
        case .pcapng: self.files.pcap = path
        case .jsonl: self.jsonl = path
        case .store: self.files.store = path
        case .html: self.files.html = path
        case .text: self.textFile = path
        case .rawlog:
            if self.rules != nil {
                throw UsageError(option: "--rules", text: "a rawlog has whole streams: not with --rules")
            }
            self.extract = path
            self.extractsRawlog = true
        }
        if self.sessions != nil, !(try StoreInput.areStores(self.paths)) {
            throw UsageError(option: "--session", text: "chooses sessions of a store; captures have none yet")
        }
    }
}
