public import IMAPSession

/// A field of the JSON objects, beside `event`, which every object has.
///
/// The order is that of no output; a raw value, below 128, is a bit of ``JSONFields``.
enum JSONField: UInt8, CaseIterable {
    case session, seq, time
    // Messages.
    case direction, kind, offset, length, tag, name, text, note, literals, exchange, uid, uids, complete, quirks, masked
    // Exchanges.
    case status, latencyMs, firstAnswerMs, clientOctets, serverOctets, untagged
    // Authentications.
    case mechanism, user, authzid, result, verified, verdict, serverVerified, serverVerdict
    // What a message of an authentication says.
    case sasl, challenge, problems
    // Findings.
    case id, severity, leg, blame, reference
    // TLS.
    case version, cipher, group, sni, alpn, resumed, subject, issuer, names, notBefore, notAfter, fingerprint, alert
    case refusedBy, clientSubject, clientFingerprint, key, signature, chain, decrypted
    case offeredVersions, offeredCiphers, offeredAlpn
    // Transport changes, states, gaps, edits.
    case layer, clientOffset, serverOffset, from, to, mailbox, closed, how, octets, reason, cause, before, after
    // Sessions.
    case client, server, clientLeg, upstreamLeg, durationMs, clientMessages, serverMessages, exchanges, findings, state
    case compression

    /// The name in JSON: the case's in snake case.
    var name: String {
        var name = ""
        for character in String(describing: self) {
            if character.isUppercase { name += "_" }
            name += character.lowercased()
        }
        return name
    }
}

/// Which fields are written; what the option `--fields` chooses.
public struct JSONFields: Sendable, Hashable {
    // Two words, not an integer of 128 bits: a test of one field is a test of one bit.
    private var low: UInt64
    private var high: UInt64

    public static let all = JSONFields(low: .max, high: .max)

    private init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    init(_ fields: [JSONField]) {
        self.init(low: 0, high: 0)
        for field in fields {
            if field.rawValue < 64 { self.low |= Self.bit(field) } else { self.high |= Self.bit(field) }
        }
    }

    /// The place of a field in its word.
    @inline(__always)
    private static func bit(_ field: JSONField) -> UInt64 { 1 &<< UInt64(field.rawValue & 63) }

    /// The fields with these names; `event` may be named, it is always there.
    public init(names: some Sequence<String>) throws(UnknownField) {
        var fields: [JSONField] = []
        for name in names where name != "event" {
            guard let field = JSONField.allCases.first(where: { $0.name == name }) else {
                throw UnknownField(name: name)
            }
            fields.append(field)
        }
        self.init(fields)
    }

    /// Every name that ``init(names:)`` takes.
    public static var names: [String] { ["event"] + JSONField.allCases.map(\.name) }

    @inline(__always)
    func contains(_ field: JSONField) -> Bool {
        (field.rawValue < 64 ? self.low : self.high) & Self.bit(field) != 0
    }

    func intersects(_ other: JSONFields) -> Bool { self.low & other.low != 0 || self.high & other.high != 0 }
}

/// A name that no field of the JSON output has.
public struct UnknownField: ReportableError, Hashable {
    public var name: String

    public var summary: String { "there is no JSON field \(self.name)" }
    public var blame: Blame { .configuration }
    public var advice: String? { "one or more of: \(JSONFields.names.joined(separator: ", "))" }
    public var exitCode: ExitCode { .usage }
}
