import AuditChecks
import Reporting

/// Makes the audits of a run: one engine for each thread, one history for all of them.
struct AuditEngines: Sendable {
    private let policy: AuditPolicy
    private let history: AuditHistory
    private let files: BaselineFiles?

    /// - Throws: when baselines are asked for and cannot be read.
    init(_ decided: LiveAuditOptions.Decided) throws {
        self.policy = decided.policy
        self.files = decided.keepsBaselines ? try BaselineFiles(environment: Environment.value) : nil
        self.history = AuditHistory(baselines: try self.files?.read() ?? CapabilityBaselines())
    }

    func make() -> AuditEngine { AuditEngine(policy: self.policy, history: self.history) }

    /// Keeps what was learnt of servers, where that was asked for.
    func finish() throws { try self.files?.write(self.history.baselines) }
}
