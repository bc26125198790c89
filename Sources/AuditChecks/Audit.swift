import IMAPProtocol
public import IMAPSession
public import Traffic

/// What a check is handed when it looks: the session, the policy, what other sessions showed, and where to tell.
///
/// Valid during the call only.
public final class Audit {
    public let session: AuditedSession
    public let policy: AuditPolicy
    public let history: AuditHistory
    /// The octets of the message that the moment is about, masked, at most ``textLimit`` of them; empty without one.
    public internal(set) var text: [UInt8] = []
    /// Where what just happened stands.
    public internal(set) var direction = Direction.server
    public internal(set) var offset: UInt64 = 0
    public internal(set) var time: Timestamp
    /// In captures: the packet that brought the end of the message; 0 where there is none.
    var packet: UInt32 = 0

    var reports: [Report] = []
    var current: CheckDescription

    static let textLimit = 8192

    struct Report {
        var check: CheckDescription
        var finding: Finding
        /// It is told although the check has told something before, once.
        var isFurther = false
    }

    init(_ session: AuditedSession, policy: AuditPolicy, history: AuditHistory) {
        self.session = session
        self.policy = policy
        self.history = history
        self.time = session.description.time
        self.current = CheckDescription(
            id: "",
            name: "",
            severity: .info,
            reference: "",
            summary: "",
            rationale: "",
            remedy: ""
        )
    }

    /// Tells a finding of the check that looks. Each check is told once per session; what follows is counted.
    ///
    /// - Parameters:
    ///   - text: one sentence with the facts; what comes from the wire in it is escaped by the outputs.
    ///   - severity: if not the check's own. A policy that sets one prevails.
    ///   - leg: where only one of two is concerned.
    ///   - isOurs: imapscope's own configuration causes it, and neither peer is to blame.
    public func report(
        _ text: String,
        blame: Blame,
        severity: Severity? = nil,
        leg: Leg? = nil,
        isOurs: Bool = false,
        direction: Direction? = nil,
        offset: UInt64? = nil
    ) {
        let check = self.current
        var finding = Finding(
            id: check.name,
            severity: isOurs ? .info : severity ?? check.severity,
            blame: isOurs ? .configuration : blame,
            direction: direction ?? self.direction,
            offset: offset ?? self.offset,
            text: text,
            reference: check.reference,
            leg: self.session.isProxied ? leg : nil
        )
        finding.check = isOurs ? "X/\(check.id)" : check.id
        self.reports.append(Report(check: check, finding: finding))
    }

    /// Tells something worse that follows from what the check has told already in this session.
    public func reportAgain(
        _ text: String,
        blame: Blame,
        severity: Severity,
        leg: Leg? = nil
    ) {
        self.report(text, blame: blame, severity: severity, leg: leg)
        self.reports[self.reports.count - 1].isFurther = true
    }

    /// The word of the response code in a status response, in capitals.
    public var code: String? {
        guard let bracket = self.text.prefix(80).firstIndex(of: UInt8(ascii: "[")) else { return nil }
        return AuditedSession.code(of: self.words(bracket..<min(self.text.count, bracket + 64)))
    }

    /// The server software that the text names from an offset on; nil when it names none that is known.
    public func software(behind offset: Int) -> String? {
        let text = self.text
        return ServerSoftware.named(in: text.span.bytes, offset..<text.count)?.name
    }

    /// A range of the text as words, octets above 0x7F one scalar each.
    public func words(_ range: Range<Int>) -> String {
        let range = range.clamped(to: 0..<self.text.count)
        var result = String.UnicodeScalarView()
        for octet in self.text[range] { result.append(Unicode.Scalar(octet)) }
        return String(result)
    }
}
