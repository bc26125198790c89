import AuditChecks
import CaptureDecoding
import CaptureFiles
import IMAPSession
import IMAPWire
import Masking
import PacketDecoding
import Reporting
import RuleEngine
import SASL
import Traffic

/// Reads captures to their end and hands their sessions to the outputs.
struct DecodeRun {
    var settings: DecodeSettings
    /// Looks at the sessions too, when somebody asked for it.
    var audit: AuditEngine?

    func run(_ output: StandardOutput) throws {
        let interruption = try Interruption()
        if try StoreInput.areStores(self.settings.paths) { return try self.play(output, interruption) }
        let formats = try self.settings.paths.map { try LogInput.format(of: $0, named: self.settings.logFormat) }
        let logs = formats.compactMap { $0 }
        if !logs.isEmpty {
            guard logs.count == formats.count else {
                throw UsageError(option: "file", text: "logs and captures are read apart: name only one kind")
            }
            return try self.importLogs(logs, output, interruption)
        }
        let inputs = try self.settings.paths.map { try CaptureInput(path: $0, interruption: interruption) }
        let showsProgress = !self.settings.isQuiet
        try self.run(output, interruption, isLive: inputs.contains { $0.size == nil }) { limits in
            PacketReading(inputs: inputs, limits: limits, showsProgress: showsProgress)
        }
    }

    /// - Parameters:
    ///   - isLive: whether the packets are those of now.
    ///   - source: makes what gives the packets.
    func run(
        _ output: StandardOutput,
        _ interruption: Interruption,
        isLive: Bool,
        _ source: (FlowLimits) -> sending any PacketSource
    ) throws {
        self.announce()
        let passwords = try PasswordInput.read(self.settings.passwords, asks: self.settings.asksForPassword)
        let decryption = try DecryptionInput(self.settings.decryption, isLive: isLive)
        let outputs = try DecodeOutputs(self.settings, standard: output)
        var options = try self.options(passwords, outputs)
        options.makeKeys = { decryption.makeKeys() }
        let observer = self.observer(outputs)
        let packets = source(options.flows)
        guard let (end, totals) = try self.read(packets, options, outputs, interruption, observer) else {
            // Whoever read the transcript has gone and wants nothing more, or it cannot be written any more.
            try outputs.finish()
            try output.finish()
            return
        }
        try outputs.finish()
        // What is no capture at all has no totals.
        if !self.settings.isQuiet, end.totals.packets > 0 || end.damages.isEmpty {
            DecodeReport(CaptureTotals(packets: end.totals, streams: totals), live: end.live).write()
        }
        if !self.settings.isQuiet {
            for notice in decryption.notices { writeNotice(notice) }
            if let line = self.settings.rules?.tallyLine { writeNotice(line) }
        }
        try output.finish()
        for damage in end.damages { writeDiagnostic(ErrorReport().render(CaptureFailure(damage))) }
        if let error = end.liveError { throw SniffFailure.failure(error) }
        // A live capture has no other end than a signal.
        if let signal = interruption.received, end.live == nil {
            throw EndOfCommand(exitCode: signal == 15 ? .terminated : .interrupted)
        }
        if let worst = end.damages.map({ CaptureFailure($0).exitCode }).min(by: { $0.rawValue < $1.rawValue }) {
            throw EndOfCommand(exitCode: worst)
        }
    }

    func announce() {
        if self.settings.appearance.revealsSecrets, !self.settings.isQuiet {
            writeNotice("--reveal-secrets: passwords and other secrets are shown, not masked")
        }
    }

    /// What stands between the sessions and the outputs.
    func observer(_ outputs: DecodeOutputs) -> (ConnectionID) -> any SessionObserver {
        let lastPatterns = LastPatterns()
        return { connection in
            MaskingStage(
                connection: connection,
                sinks: outputs.sinks,
                reveal: self.settings.appearance.revealsSecrets,
                literalPrefix: outputs.limits.literalPrefix,
                redaction: self.settings.rules?.redaction(
                    for: connection,
                    literalPrefix: outputs.limits.literalPrefix
                ),
                lastPatterns: lastPatterns,
                review: self.audit?.review(of: connection)
            )
        }
    }

    /// Reads all packets. With a second processor packets are taken apart, sessions read, and outputs written beside each
    /// other; the order of what comes out is the same.
    ///
    /// - Returns: nil when an output takes no more.
    private func read(
        _ packets: sending any PacketSource,
        _ options: CaptureOptions,
        _ outputs: DecodeOutputs,
        _ interruption: Interruption,
        _ observer: @escaping (ConnectionID) -> any SessionObserver
    ) throws(Failure) -> (PacketsEnd, StreamTotals)? {
        guard Processors.count > 1 else {
            let reader = SessionReader(options: options, observer: observer)
            let end = packets.run(
                forward: { batch in
                    reader.read(batch)
                    if !batch.isFull { outputs.flush() }
                    batch.clear()
                },
                isWanted: { outputs.isWanted && interruption.received == nil }
            )
            guard outputs.isWanted else { return nil }
            reader.finish()
            return (end, reader.totals)
        }
        let streams = BatchQueue<StreamBatch, PacketsEnd>()
        let said = BatchQueue<SessionBatch, SessionsEnd>()
        let sessions = SessionReading(options: options)
        let cannotStart = Failure(.software, "cannot start a thread", blame: .imapscope)
        guard WorkerThread.start({ sessions.run(streams, into: said) }) else { throw cannotStart }
        let isReading = WorkerThread.start {
            streams.end(
                packets.run(
                    forward: { streams.put(&$0) },
                    isWanted: { !streams.isAbandoned && interruption.received == nil }
                )
            )
        }
        guard isReading else { throw cannotStart }
        let player = SessionPlayer(observer: observer)
        while true {
            switch said.take(idle: { outputs.flush() }) {
            case .end(let end): return (end.packets, end.totals)
            case .batch(let batch):
                player.play(batch)
                said.giveBack(batch)
                guard outputs.isWanted else {
                    said.abandon()
                    return nil
                }
            }
        }
    }

    func options(_ passwords: PasswordFile?, _ outputs: DecodeOutputs) throws -> CaptureOptions {
        var flows = FlowLimits.standard
        flows.flows = self.settings.maximumFlows
        flows.idleTime = Int64(self.settings.flowTimeout) * 1_000_000_000
        var session = SessionOptions(
            limits: outputs.limits,
            passwords: passwords,
            reportsLiterals: outputs.wantsLiterals
        )
        session.verification.known = SCRAMKeyCache()
        // What settles outcomes is the thread that plays them; where there is one thread there is nothing to gain either.
        if passwords != nil, Processors.count > 1 { session.verifier = VerificationPool() }
        if self.audit != nil { session.secretMarker = try .ofThisRun() }
        return CaptureOptions(ports: self.settings.ports, flows: flows, session: session)
    }
}

/// A capture that could not be read to its end.
struct CaptureFailure: ReportableError {
    private let error: CaptureFileError

    init(_ error: CaptureFileError) {
        self.error = error
    }

    var summary: String {
        if case .unreadable(let number) = self.error.code {
            return "cannot read \(self.error.name): \(systemErrorText(number))"
        }
        return self.error.description
    }

    var blame: Blame { .capture }

    var exitCode: ExitCode {
        if case .unreadable = self.error.code { .noInput } else { .dataError }
    }

    var advice: String? {
        self.error.isNoCapture
            ? "give a file that tcpdump, Wireshark or another capture program wrote"
            : "what stands before it has been decoded"
    }
}
