import IMAPWire
import Masking
import Reporting

/// Every output of a decoder.
final class DecodeOutputs {
    private let buffered: [any BufferedSink]
    private let file: StandardOutput?
    private let extract: StreamExtract?
    private let standard: StandardOutput
    let limits: WireLimits
    /// Whether somebody wants the octets of long literals.
    let wantsLiterals: Bool

    init(_ settings: DecodeSettings, standard: StandardOutput) throws {
        self.standard = standard
        // What is extracted is whole, however long its lines are.
        self.limits = settings.extract == nil ? .standard : WireLimits(messageText: 256 << 20)
        let look = settings.appearance
        let header = JSONHeader(version: Version.number, revealsSecrets: look.revealsSecrets)
        let fields = settings.fields?.fields ?? .all
        var sinks: [any BufferedSink] = []
        switch settings.format {
        case .text:
            sinks.append(
                TextTranscript(
                    output: standard,
                    detail: TextDetail(rawValue: settings.detail) ?? .messages,
                    color: look.isColored,
                    revealsSecrets: look.revealsSecrets,
                    limits: self.limits
                )
            )
        case .jsonl:
            sinks.append(JSONLines(output: standard, fields: fields, header: header, limits: self.limits))
        case .none: break
        }
        if let path = settings.jsonl?.path {
            let file = StandardOutput(descriptor: try OutputFile.create(path))
            sinks.append(JSONLines(output: file, fields: fields, header: header, limits: self.limits))
            self.file = file
        } else {
            self.file = nil
        }
        let limits = self.limits
        if let filter = settings.filter { sinks = sinks.map { FilteredSink(filter, before: $0, limits: limits) } }
        self.buffered = sinks
        self.extract = try settings.extract.map { try StreamExtract(folder: $0.path) }
        self.wantsLiterals = sinks.contains { $0.wantsLiterals } || self.extract != nil
    }

    var sinks: [any SessionSink] {
        var sinks: [any SessionSink] = self.buffered
        if let extract = self.extract { sinks.append(extract) }
        return sinks
    }

    /// Whether every output still takes something: its reader has not gone, its disk is not full.
    var isWanted: Bool {
        self.standard.state == .open && self.file?.state ?? .open == .open && self.extract?.hasFailed != true
    }

    /// Nothing more may come for a while: whoever watches shall see what there is.
    func flush() {
        for sink in self.buffered { sink.flush() }
        self.standard.flush()
        self.file?.flush()
    }

    func finish() throws {
        for sink in self.buffered { sink.flush() }
        try self.file?.finish()
        try self.extract?.finish()
    }
}
