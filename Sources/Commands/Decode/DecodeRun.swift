import CaptureDecoding
import CaptureFiles
import IMAPSession
import IMAPWire
import Masking
import PacketDecoding
import Reporting
import SASL
import Traffic

/// Reads captures to their end and hands their sessions to the outputs.
struct DecodeRun {
    var settings: DecodeSettings

    func run(_ output: StandardOutput) throws {
        let interruption = try Interruption()
        if self.settings.appearance.revealsSecrets, !self.settings.isQuiet {
            writeNotice("--reveal-secrets: passwords and other secrets are shown, not masked")
        }
        let passwords = try PasswordInput.read(self.settings.passwords)
        let inputs = try self.settings.paths.map { try CaptureInput(path: $0, interruption: interruption) }
        let outputs = try DecodeOutputs(self.settings, standard: output)
        let decoder = CaptureDecoder(options: self.options(passwords, outputs)) { connection in
            MaskingStage(
                connection: connection,
                sinks: outputs.sinks,
                reveal: self.settings.appearance.revealsSecrets,
                literalPrefix: outputs.limits.literalPrefix
            )
        }
        var captures = MergedCaptures(inputs.map { CaptureFile(name: $0.name, source: $0) }, secrets: { _, _ in })
        var progress = Progress(inputs, isWanted: !self.settings.isQuiet)
        while output.state == .open, interruption.received == nil {
            let goesOn = captures.next { record, _, octets in decoder.packet(record, octets: octets) }
            guard goesOn else { break }
            outputs.packetDone()
            progress.step()
        }
        decoder.finish()
        try outputs.finish()
        progress.clear()
        if !self.settings.isQuiet { DecodeReport(decoder.totals).write() }
        try output.finish()
        for damage in captures.damages { writeDiagnostic(ErrorReport().render(CaptureFailure(damage))) }
        if let signal = interruption.received {
            throw EndOfCommand(exitCode: signal == 15 ? .terminated : .interrupted)
        }
        if let worst = captures.damages.map({ CaptureFailure($0).exitCode }).min(by: { $0.rawValue < $1.rawValue }) {
            throw EndOfCommand(exitCode: worst)
        }
    }

    private func options(_ passwords: PasswordFile?, _ outputs: DecodeOutputs) -> CaptureOptions {
        var flows = FlowLimits.standard
        flows.flows = self.settings.maximumFlows
        flows.idleTime = Int64(self.settings.flowTimeout) * 1_000_000_000
        return CaptureOptions(
            ports: self.settings.ports,
            flows: flows,
            session: SessionOptions(
                limits: outputs.limits,
                passwords: passwords,
                reportsLiterals: outputs.wantsLiterals
            )
        )
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
