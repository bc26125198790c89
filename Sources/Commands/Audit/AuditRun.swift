import AuditChecks
import IMAPSession
import Reporting

/// Reads captures, lets the checks look at every session, and writes the report.
struct AuditRun {
    var settings: AuditSettings

    func run(_ output: StandardOutput) throws {
        let engines = try AuditEngines(self.settings.audit)
        let engine = engines.make()
        var end: EndOfCommand?
        do {
            try DecodeRun(settings: self.settings.decode, audit: engine).run(output)
        } catch let error as EndOfCommand {
            // What was read until then is reported.
            end = error
        }
        try engines.finish()
        var report = AuditReport(
            version: Version.number,
            policy: self.settings.policy,
            inputs: self.settings.decode.paths,
            totals: engine.totals
        )
        report.isColored = self.settings.decode.appearance.isColored
        var writer = ByteWriter()
        report.write(self.settings.format, to: &writer)
        writer.withBytes { output.write($0) }
        try output.finish()
        if let end { throw end }
        if let limit = self.settings.failOn, engine.totals.count(atLeast: limit) > 0 {
            throw EndOfCommand(exitCode: .findings)
        }
    }
}
