import AuditChecks
import IMAPSession
import IMAPWire
import Masking
import Testing
import Traffic

/// Sessions written as lines, audited as outputs would see them.
///
/// Lines begin with `C: ` or `S: `; CRLF is added, `\r`, `\n` and `\0` in them stand for the octets. `tls: 1.3` begins TLS on
/// the only leg, `tls client: 1.2` and `tls upstream: 1.2` on one of a proxy's, `wait: 1.5` lets seconds pass. `finding: id` is one of the
/// session itself, `tls fails` a handshake that the client refuses. The end is added.
final class AuditedTranscript {
    let engine: AuditEngine
    private let sink = Findings()
    private var number: UInt64 = 0

    init(policy: AuditPolicy = .standard, catalogue: Catalogue = .shipped, history: AuditHistory = AuditHistory()) {
        self.engine = AuditEngine(policy: policy, catalogue: catalogue, history: history)
    }

    /// Numbers of the checks that told something in the sessions so far, in the order of telling.
    var checks: [String] { self.sink.findings.compactMap(\.check) }

    func findings(_ check: String) -> [Finding] { self.sink.findings.filter { $0.check == check } }

    /// - Parameters:
    ///   - isProxied: with two legs, as the proxy reports a session; else with one, as a capture does.
    ///   - facts: what is changed in the facts of each `tls` line.
    @discardableResult
    func play(
        _ lines: String,
        isProxied: Bool = false,
        client: String = "192.0.2.1",
        server: String = "imap.example.org",
        port: UInt16 = 143,
        options: SessionOptions = SessionOptions(),
        start: Int64 = 1_790_000_000,
        facts edit: (inout TLSFacts) -> Void = { _ in }
    ) -> Self {
        self.number += 1
        var time = Timestamp(seconds: start)
        let description = SessionDescription(
            connection: ConnectionID(self.number),
            client: Endpoint(host: client, port: 40_000),
            server: Endpoint(host: server, port: port),
            listener: isProxied ? Endpoint(host: "127.0.0.1", port: 1143) : nil,
            clientLeg: "cleartext",
            upstreamLeg: isProxied ? "cleartext" : "",
            time: time
        )
        let stage = MaskingStage(
            connection: description.connection,
            sinks: [self.sink],
            review: self.engine.review(of: description)
        )
        var session = Session(description: description, options: options, observer: stage)
        for line in lines.split(separator: "\n") {
            time = time.advanced(byNanoseconds: 1_000_000)
            if line.hasPrefix("wait: ") {
                time = time.advanced(byNanoseconds: Int64((Double(line.dropFirst(6)) ?? 0) * 1e9))
            } else if line.hasPrefix("finding: ") {
                let finding = Finding(
                    id: String(line.dropFirst(9)),
                    severity: .low,
                    blame: .client,
                    direction: .client,
                    offset: 0,
                    text: "found by the session",
                    reference: "RFC 9051"
                )
                session.report(finding, at: time)
            } else if line.hasPrefix("tls fails") {
                let failure = TLSHandshakeFailure(.refusedByPeer, alert: "unknown_ca", reason: "unknown CA")
                session.tlsFailed(.client, failure, start: .implicit, at: time)
            } else if line.hasPrefix("tls") {
                var facts = TLSFacts(
                    version: "TLS \(line.split(separator: " ").last ?? "")",
                    cipher: "TLS_AES_128_GCM_SHA256",
                    verification: .verified
                )
                edit(&facts)
                let leg: Leg = line.hasPrefix("tls upstream") ? .upstream : .client
                let start: TLSChange.Start = line.contains("starttls") ? .starttls : .implicit
                if isProxied {
                    session.tlsEstablished(leg, facts, start: start, at: time)
                } else {
                    facts.isDecrypted = true
                    session.tlsSeen(facts, start: start, at: time)
                    session.goesOnUnderTLS()
                }
            } else {
                let text = line.dropFirst(3).replacing("\\r", with: "\r").replacing("\\n", with: "\n").replacing(
                    "\\0",
                    with: "\0"
                )
                let octets = Array(text.utf8) + [0x0D, 0x0A]
                session.receive(octets.span.bytes, from: line.hasPrefix("C") ? .client : .server, at: time)
            }
        }
        session.closed(.client, .closed, at: time)
        session.closed(.server, .closed, at: time)
        session.ended(at: time)
        return self
    }
}

private final class Findings: SessionSink {
    var findings: [Finding] = []
    var wantsLiterals: Bool { false }

    func demand(for message: Message, session: ConnectionID) -> TextDemand { .none }
    func message(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
        self.findings += message.message.findings
    }
    func announced(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {}
    func literal(_ piece: LiteralPiece, octets: RawSpan, session: ConnectionID) {}
    func event(_ event: SessionEvent, session: ConnectionID) {
        if case .finding(let finding, _) = event { self.findings.append(finding) }
    }
}
