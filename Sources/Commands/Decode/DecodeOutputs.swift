import IMAPWire
import Masking
import Reporting

/// Every output of a decoder.
final class DecodeOutputs {
    private let buffered: [any BufferedSink]
    private let files: [StandardOutput]
    private let extract: StreamExtract?
    private let mail: MailFiles?
    private let store: StoreOutput?
    private let standard: StandardOutput
    let limits: WireLimits
    /// Whether somebody wants the octets of long literals.
    let wantsLiterals: Bool

    init(_ settings: DecodeSettings, standard: StandardOutput) throws {
        self.standard = standard
        // What is written octet for octet is whole, however long its lines are.
        let writesStreams = settings.extract != nil || settings.exportMail != nil || settings.files.pcap != nil
        let limits = writesStreams ? WireLimits(messageText: 256 << 20) : .standard
        self.limits = limits
        let look = settings.appearance
        let header = JSONHeader(version: Version.number, revealsSecrets: look.revealsSecrets)
        let fields = settings.fields?.fields ?? .all
        var files: [StandardOutput] = []
        func file(_ path: FilePath) throws -> StandardOutput {
            let file = StandardOutput(descriptor: try OutputFile.create(path.path))
            files.append(file)
            return file
        }
        var sinks: [any BufferedSink] = []
        switch settings.format {
        case .text:
            sinks.append(
                TextTranscript(
                    output: standard,
                    detail: TextDetail(rawValue: settings.detail) ?? .messages,
                    color: look.isColored,
                    revealsSecrets: look.revealsSecrets,
                    limits: limits
                )
            )
        case .jsonl:
            sinks.append(JSONLines(output: standard, fields: fields, header: header, limits: limits))
        case .none: break
        }
        if let path = settings.textFile {
            sinks.append(
                TextTranscript(
                    output: try file(path),
                    detail: TextDetail(rawValue: settings.detail) ?? .messages,
                    color: false,
                    revealsSecrets: look.revealsSecrets,
                    limits: limits
                )
            )
        }
        if let path = settings.jsonl {
            sinks.append(JSONLines(output: try file(path), fields: fields, header: header, limits: limits))
        }
        if let path = settings.files.html {
            sinks.append(HTMLReport(output: try file(path), header: header, limits: limits))
        }
        if let filter = settings.filter { sinks = sinks.map { FilteredSink(filter, before: $0, limits: limits) } }
        if let path = settings.files.pcap {
            sinks.append(
                PacketCapture(
                    output: try file(path),
                    version: Version.number,
                    revealsSecrets: look.revealsSecrets,
                    limits: limits
                )
            )
        }
        self.store = try StoreOutput(settings.files, revealsSecrets: look.revealsSecrets)
        if let store = self.store { sinks.append(store) }
        self.mail = try settings.exportMail.map { try MailFiles(folder: $0.path) }
        if let mail = self.mail {
            let index = try mail.index()
            files.append(index)
            sinks.append(MailExport(folder: mail, index: index, limits: limits))
        }
        self.files = files
        self.buffered = sinks
        self.extract = try settings.extract.map {
            try StreamExtract(folder: $0.path, isRawlog: settings.extractsRawlog)
        }
        self.wantsLiterals = sinks.contains { $0.wantsLiterals } || self.extract != nil
    }

    var sinks: [any SessionSink] {
        var sinks: [any SessionSink] = self.buffered
        if let extract = self.extract { sinks.append(extract) }
        return sinks
    }

    /// Whether every output still takes something: its reader has not gone, its disk is not full.
    var isWanted: Bool {
        self.standard.state == .open && self.files.allSatisfy { $0.state == .open } && self.extract?.hasFailed != true
            && self.mail?.failure == nil && self.store?.failure == nil
    }

    /// Nothing more may come for a while: whoever watches shall see what there is.
    func flush() {
        for sink in self.buffered { sink.flush() }
        self.standard.flush()
        for file in self.files { file.flush() }
    }

    func finish() throws {
        for sink in self.buffered { sink.end() }
        for file in self.files { try file.finish() }
        try self.extract?.finish()
        if let failure = self.mail?.failure { throw failure }
        if let failure = self.store?.failure { throw failure }
    }
}
