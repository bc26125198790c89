import IMAPSession
import IMAPWire
import Reporting
import SessionStore
import Traffic

extension DecodeRun {
    /// Tells the outputs what a store holds.
    func play(_ output: StandardOutput, _ interruption: Interruption) throws {
        let path = self.settings.paths[0]
        if let own = self.settings.files.store?.path, own == path {
            throw UsageError(option: "--write", text: "a store cannot be copied into itself")
        }
        self.announce()
        let outputs = try DecodeOutputs(self.settings, standard: output)
        let observer = self.observer(outputs)
        let damages: [StoreDamage]
        var count = 0
        do throws(StoreError) {
            let reader = try StoreReader(path: path)
            guard !reader.holdsSecrets || self.settings.appearance.revealsSecrets else {
                throw StoreError.holdsSecrets(path: path)
            }
            if let numbers = self.settings.sessions { try reader.check(numbers) }
            damages = try reader.play(
                self.settings.sessions,
                literalPrefix: outputs.limits.literalPrefix,
                isWanted: { outputs.isWanted && interruption.received == nil },
                observer: { id in
                    count += 1
                    return observer(id)
                }
            )
        } catch {
            throw Failure(reading: error)
        }
        try outputs.finish()
        try output.finish()
        guard outputs.isWanted else { return }
        if !self.settings.isQuiet {
            writeNotice("\(count) \(count == 1 ? "session" : "sessions") of \(path)")
            if let line = self.settings.rules?.tallyLine { writeNotice(line) }
        }
        for damage in damages.prefix(10) {
            let session = damage.session == 0 ? "" : " of session \(damage.session)"
            writeDiagnostic(
                ErrorReport().render(
                    Failure(
                        .dataError,
                        "\(path) is damaged near row \(damage.seq)\(session): \(damage.reason)",
                        blame: .capture,
                        advice: "what stands around it has been read"
                    )
                )
            )
        }
        if let signal = interruption.received {
            throw EndOfCommand(exitCode: signal == 15 ? .terminated : .interrupted)
        }
        if !damages.isEmpty { throw EndOfCommand(exitCode: .dataError) }
    }
}
