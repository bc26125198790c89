import FilterLanguage
import Masking
import ProxyServer
import Reporting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Every output of a running proxy: what renders, the files behind it, and what becomes of them.
struct ProxyOutputs: Sendable {
    private struct Output: Sendable {
        var file: FileOutput
        var sink: SharedSink
        var report: OutputReport
    }

    let totals = Totals()
    let pressure = OutputPressure()
    private var outputs: [Output] = []
    private var store: StoreOutput?
    private let filter: Filter?
    private let gate: OutputGate?

    /// How long a reader may take nothing at all before the proxy ends without it.
    private static let patience = Duration.seconds(3)

    /// - Parameter gate: holds standard output back while a person is asked something.
    init(_ settings: ProxySettings, gate: OutputGate? = nil) throws {
        self.gate = gate
        self.filter = settings.filter
        // A file behind standard output is a file: it does not stop reading, and nobody wants holes in it.
        let standard = FileOutput.SlowPolicy(
            settings.onSlowOutput ?? (Self.isRegularFile(STDOUT_FILENO) ? .pause : .drop)
        )
        let look = settings.appearance
        let skipsVerification = settings.skipsVerification
        let fields = settings.fields?.fields ?? .all
        switch settings.format {
        case .text:
            let detail = TextDetail(rawValue: settings.detail) ?? .messages
            try self.add(nil, standard, FileOutput.Marks(gap: { OutputGap(octets: $0).text })) { output in
                TextTranscript(
                    output: output,
                    detail: detail,
                    color: look.isColored,
                    revealsSecrets: look.revealsSecrets,
                    skipsVerification: skipsVerification
                )
            }
        case .jsonl: try self.addJSON(nil, standard, JSONHeader(settings), fields)
        case .none: break
        }
        if let path = settings.jsonl?.path {
            try self.addJSON(path, FileOutput.SlowPolicy(settings.onSlowOutput ?? .pause), JSONHeader(settings), fields)
        }
        try self.addFiles(settings)
        self.store = try StoreOutput(settings.files, revealsSecrets: look.revealsSecrets) { failure in
            writeNotice("\(failure.summary): recording ends, the traffic goes on")
        }
    }

    /// Files for other programs: a page and a capture.
    private mutating func addFiles(_ settings: ProxySettings) throws(Failure) {
        let policy = FileOutput.SlowPolicy(settings.onSlowOutput ?? .pause)
        if let path = settings.files.html?.path {
            let header = JSONHeader(settings)
            let marks = FileOutput.Marks(beginning: HTMLReport.beginning(header)) { OutputGap(octets: $0).json }
            try self.add(path, policy, marks) { HTMLReport(output: $0, header: header) }
        }
        if let path = settings.files.pcap?.path {
            let reveals = settings.appearance.revealsSecrets
            // Packets that were dropped are missing segments, as in any capture.
            let marks = FileOutput.Marks(
                beginning: PacketCapture.beginning(version: Version.number, revealsSecrets: reveals)
            )
            try self.add(path, policy, marks) {
                PacketCapture(output: $0, version: Version.number, revealsSecrets: reveals)
            }
        }
    }

    private static func isRegularFile(_ descriptor: Int32) -> Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    private mutating func addJSON(
        _ path: String?,
        _ policy: FileOutput.SlowPolicy,
        _ header: JSONHeader,
        _ fields: JSONFields
    ) throws(Failure) {
        let marks = FileOutput.Marks(beginning: header.octets) { OutputGap(octets: $0).json }
        try self.add(path, policy, marks) { JSONLines(output: $0, fields: fields, header: header) }
    }

    private mutating func add(
        _ path: String?,
        _ policy: FileOutput.SlowPolicy,
        _ marks: FileOutput.Marks,
        _ render: (FileOutput) -> any BufferedSink
    ) throws(Failure) {
        let report = OutputReport(path: path, pressure: self.pressure, tell: { writeNotice($0) })
        let notice: @Sendable (FileOutput.Notice) -> Void = { report.take($0) }
        let file: FileOutput
        if let path {
            do throws(OutputError) {
                file = try FileOutput(path: path, policy: policy, marks: marks, notice: notice)
            } catch {
                throw Failure(error)
            }
        } else {
            file = FileOutput(
                descriptor: STDOUT_FILENO,
                policy: policy,
                marks: marks,
                gate: self.gate,
                notice: notice
            )
        }
        let sink = render(file)
        self.outputs.append(Output(file: file, sink: SharedSink(self.filter?.before(sink) ?? sink), report: report))
    }

    /// What the sessions speak to.
    var sinks: [any BufferedSink & Sendable] {
        let store = self.store.map { [$0] } ?? []
        return [self.totals] + self.outputs.map(\.sink) + store
    }

    /// The proxy runs: what stands at the head of the files is written, and slow files pause the traffic from now on.
    func began(_ proxy: ListeningProxy) {
        self.pressure.attach(proxy)
        self.flush()
    }

    /// Opens the files by their names again, after a rotation moved them away.
    func reopen() {
        for output in self.outputs {
            output.sink.flush()
            output.file.reopen()
        }
    }

    /// Writes what is left and tells what was lost. A reader that takes nothing does not hold the end.
    func close() async {
        for output in self.outputs { output.sink.end() }
        self.store?.end()
        for output in self.outputs {
            output.report.ended(unwritten: await output.file.close(within: Self.patience))
        }
    }

    /// Whether an output could not be written; a reader that has gone is no failure.
    var hasFailed: Bool { self.outputs.contains { $0.report.hasFailed } || self.store?.failure != nil }

    private func flush() {
        for output in self.outputs { output.sink.flush() }
    }
}

extension JSONHeader {
    init(_ settings: ProxySettings) {
        self.init(
            version: Version.number,
            revealsSecrets: settings.appearance.revealsSecrets,
            skipsVerification: settings.skipsVerification
        )
    }
}

extension ProxySettings {
    /// Whether the server's certificate is accepted whatever it is.
    fileprivate var skipsVerification: Bool { self.tls.isInsecure && self.upstream?.scheme != .imap }
}
