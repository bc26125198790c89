import IMAPProtocol
public import IMAPSession
public import Masking
public import Traffic

/// The audit of one session: keeps its facts, lets the checks look, and puts what they find where it was caused.
public final class AuditReview: SessionReview {
    private let engine: AuditEngine
    private var audit: Audit
    private var session: AuditedSession
    private var checks: [any Check]
    /// Checks that were told already, by their place in the catalogue.
    private var told: Set<String> = []
    private var offsets: [Direction: UInt64] = [:]

    init(_ engine: AuditEngine, _ description: SessionDescription) {
        self.engine = engine
        self.session = AuditedSession(description)
        self.audit = Audit(self.session, policy: engine.policy, history: engine.history)
        self.checks = engine.fresh
    }

    public func needsText(of message: Message) -> Bool {
        switch message.kind {
        case .command, .greeting, .tagged, .continuation, .unparsed, .done, .cancel: true
        case .sasl: false
        case .untagged: self.session.isEarly || self.engine.needsText(of: message)
        }
    }

    public func review(_ message: inout Message, text: RawSpan) {
        // Most messages are answers with mail, in which no check is interested.
        if message.kind == .untagged, message.isPlain, !self.session.isEarly, !self.engine.wantsUntagged(message) {
            self.session.lastTime = message.time
            return
        }
        let audit = self.audit
        audit.direction = message.direction
        audit.offset = message.offset
        audit.time = message.time
        audit.packet = message.packet
        audit.text.removeAll(keepingCapacity: true)
        let kept = text.extracting(0..<Swift.min(text.byteCount, Audit.textLimit))
        kept.withUnsafeBytes { audit.text.append(contentsOf: $0) }
        self.session.lastTime = message.time
        self.adopt(&message)
        for finding in message.findings { self.look(.finding(finding)) }
        self.session.observe(message, audit)
        if message.kind == .greeting, message.direction == .server { self.look(.greeting(message)) }
        if let offer = self.session.takeOffer(from: message, audit) { self.look(.capabilities(offer)) }
        switch message.kind {
        case .greeting: break
        case .command: self.look(.command(message))
        case .sasl, .cancel: break
        case .done, .unparsed: self.look(.clientLine(message))
        case .continuation: self.look(.continuation(message))
        case .untagged: self.look(.untagged(message))
        case .tagged: self.look(.completion(message, message.completes))
        }
        if let step = message.sasl { self.look(.sasl(message, step)) }
        for consequence in message.consequences { self.happen(consequence) }
        for report in self.take(at: message.time) { message.findings.append(report) }
        self.session.passed(message)
    }

    public func review(_ event: inout SessionEvent) -> [(finding: Finding, time: Timestamp)] {
        let audit = self.audit
        audit.text.removeAll(keepingCapacity: true)
        audit.packet = 0
        var time = self.session.lastTime
        switch event {
        case .began(let description):
            self.session = AuditedSession(description)
            self.audit = Audit(self.session, policy: self.engine.policy, history: self.engine.history)
            self.look(.began(description))
            return self.take(at: description.time).map { ($0, description.time) }
        case .finding(var finding, let moment):
            time = moment
            if let check = self.engine.catalogue.adopter(of: finding.id) {
                self.engine.adopt(&finding, check)
                event = .finding(finding, time: moment)
                self.engine.count(finding, check, self.audit, at: moment)
            } else {
                self.engine.count(finding, nil, self.audit, at: moment)
            }
        default: break
        }
        audit.time = time
        self.happen(event)
        let findings = self.take(at: time)
        if case .ended = event { self.engine.end(self.session) }
        return findings.map { ($0, time) }
    }

    /// What an event means to the facts and to the checks.
    private func happen(_ event: SessionEvent) {
        self.session.observe(event)
        switch event {
        case .authentication(let outcome):
            if let attempt = self.session.takeAttempt(outcome) { self.look(.authentication(attempt)) }
        case .tls(let change): self.look(.tls(change))
        case .transportChange(let change): self.look(.transport(change))
        case .edit(let edit): self.look(.edit(edit))
        case .finding(let finding, _): self.look(.finding(finding))
        case .gap(_, _, let octets, _): self.look(.gap(octets: octets))
        case .opaque(_, let octets, _): self.look(.opaque(octets: octets))
        case .ended(let summary): self.look(.ended(summary))
        case .began, .exchangeBegan, .exchangeEnded, .stateChanged, .closed: break
        }
    }

    private func look(_ moment: Moment) {
        let kind = moment.kind(isEarly: self.session.isEarly)
        for index in self.engine.interested(in: kind) {
            self.audit.current = self.engine.catalogue.descriptions[index]
            self.checks[index].look(at: moment, self.audit)
        }
    }

    private func adopt(_ message: inout Message) {
        guard !message.isPlain else { return }
        for index in message.findings.indices {
            guard let check = self.engine.catalogue.adopter(of: message.findings[index].id) else {
                self.engine.count(message.findings[index], nil, self.audit, at: message.time)
                continue
            }
            self.engine.adopt(&message.findings[index], check)
            self.engine.count(message.findings[index], check, self.audit, at: message.time)
        }
    }

    /// What was reported since the last time: each check once per session, the rest counted.
    private func take(at time: Timestamp) -> [Finding] {
        guard !self.audit.reports.isEmpty else { return [] }
        var findings: [Finding] = []
        for var report in self.audit.reports {
            guard self.engine.admit(&report.finding, report.check, self.session, at: time) else { continue }
            self.engine.count(report.finding, report.check, self.audit, at: time)
            let key = (report.finding.check ?? report.check.id) + (report.isFurther ? "+" : "")
            if self.told.insert(key).inserted { findings.append(report.finding) }
        }
        self.audit.reports.removeAll(keepingCapacity: true)
        return findings
    }
}
