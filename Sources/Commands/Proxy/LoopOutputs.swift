import AuditChecks
import IMAPSession
import IMAPWire
import Masking
import ProxyServer
import Reporting
import RuleEngine
import Traffic

/// What the sessions of one event loop speak to: each its own masking stage, all the same sinks.
final class LoopOutputs: SessionOutputs {
    private let sinks: [any BufferedSink]
    private let reveals: Bool
    private let rules: CurrentRules?
    private let audit: AuditEngine?

    init(sinks: [any BufferedSink], reveals: Bool, rules: CurrentRules? = nil, audit: AuditEngine? = nil) {
        self.sinks = sinks
        self.reveals = reveals
        self.rules = rules
        self.audit = audit
    }

    func observer(for connection: ConnectionID) -> any SessionObserver {
        let limits = WireLimits.standard
        return MaskingStage(
            connection: connection,
            sinks: self.sinks,
            reveal: self.reveals,
            literalPrefix: limits.literalPrefix,
            redaction: self.rules?.ruleSet.redaction(for: connection, literalPrefix: limits.literalPrefix),
            review: self.audit?.review(of: connection)
        )
    }

    func flush() {
        for sink in self.sinks { sink.flush() }
    }
}
