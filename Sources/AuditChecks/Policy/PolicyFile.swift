import IMAPSession
import Yams

/// Policies as YAML files: what differs from a preset.
///
///     extends: strict
///     severities: {T16: info}
///     disable: [C14]
///     mechanisms: [SCRAM-SHA-256-PLUS, OAUTHBEARER]
///     minimum-tls: TLS 1.2
///     minimum-iterations: 10000
///     suppress:
///       - check: T10
///         server: imap.example.org
///         reason: moves to the new CA in January
///         expires: 2027-01-31
public enum PolicyFile {
    public static func read(
        _ text: String,
        path: String,
        catalogue: Catalogue = .shipped
    ) throws(PolicyFileError) -> AuditPolicy {
        let reader = PolicyReader(path: path)
        var policy = AuditPolicy.standard
        guard let document = try reader.document(text) else { return policy }
        let entries = try reader.entries(document, "a policy")
        if let base = entries.first(where: { $0.key == "extends" }) {
            let name = try reader.text(base.value, "extends")
            guard let preset = AuditPolicy.presets.first(where: { $0.name == name }) else {
                let names = AuditPolicy.presets.map(\.name).joined(separator: ", ")
                throw reader.failure(base.value, "there is no preset “\(name)”, only \(names)")
            }
            policy = preset
        }
        policy.name = path
        for (key, node, value) in entries where key != "extends" {
            switch key {
            case "severities": policy.severities = try Self.severities(value, reader, catalogue)
            case "disable":
                for element in try reader.list(value, key) {
                    policy.disabled.insert(try Self.check(element, reader, catalogue))
                }
            case "mechanisms":
                var allowed: Set<String> = []
                for element in try reader.list(value, key) {
                    allowed.insert(try reader.text(element, key).uppercased())
                }
                policy.allowedMechanisms = allowed
            case "minimum-tls":
                let version = try reader.text(value, key)
                guard ["TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"].contains(version) else {
                    throw reader.failure(value, "minimum-tls takes TLS 1.0, TLS 1.1, TLS 1.2 or TLS 1.3")
                }
                policy.minimumTLS = version
            case "minimum-iterations": policy.minimumIterations = try reader.number(value, key)
            case "maximum-iterations": policy.maximumIterations = try reader.number(value, key)
            case "maximum-token-life": policy.maximumTokenLife = Int64(try reader.number(value, key))
            case "token-audiences":
                for element in try reader.list(value, key) {
                    policy.tokenAudiences.insert(try reader.text(element, key))
                }
            case "failures": policy.failureLimit = try reader.number(value, key)
            case "users-per-peer": policy.sprayLimit = try reader.number(value, key)
            case "slow-command":
                policy.slowCommand = Int64(min(try reader.number(value, key), 1_000_000)) * 1_000_000_000
            case "servers":
                for element in try reader.list(value, key) { policy.servers.insert(try reader.text(element, key)) }
            case "suppress":
                for element in try reader.list(value, key) {
                    policy.suppressions.append(try Self.suppression(element, reader, catalogue))
                }
            default: throw reader.failure(node, "a policy has no “\(key)”")
            }
        }
        return policy
    }

    private static func check(
        _ node: Node,
        _ reader: PolicyReader,
        _ catalogue: Catalogue
    ) throws(PolicyFileError) -> String {
        let id = try reader.text(node, "check")
        guard let known = catalogue.descriptions.first(where: { $0.id == id || $0.name == id }) else {
            throw reader.failure(node, "there is no check “\(id)”; imapscope audit --list-checks names them")
        }
        return known.id
    }

    private static func severities(
        _ node: Node,
        _ reader: PolicyReader,
        _ catalogue: Catalogue
    ) throws(PolicyFileError) -> [String: Severity] {
        var result: [String: Severity] = [:]
        for (_, key, value) in try reader.entries(node, "severities") {
            let word = try reader.text(value, "a severity")
            guard let severity = Severity.allCases.first(where: { $0.name == word }) else {
                let names = Severity.allCases.map(\.name).joined(separator: ", ")
                throw reader.failure(value, "a severity is one of \(names)")
            }
            result[try Self.check(key, reader, catalogue)] = severity
        }
        return result
    }

    private static func suppression(
        _ node: Node,
        _ reader: PolicyReader,
        _ catalogue: Catalogue
    ) throws(PolicyFileError) -> Suppression {
        var check: String?
        var result = Suppression(check: "", reason: "")
        for (key, place, value) in try reader.entries(node, "a suppression") {
            switch key {
            case "check": check = try Self.check(value, reader, catalogue)
            case "server": result.server = try reader.text(value, key)
            case "reason": result.reason = try reader.text(value, key)
            case "expires": result.expires = try reader.day(value, key)
            default: throw reader.failure(place, "a suppression has no “\(key)”, only check, server, reason, expires")
            }
        }
        guard let check else { throw reader.failure(node, "a suppression names its check") }
        guard !result.reason.isEmpty else { throw reader.failure(node, "a suppression needs a reason") }
        result.check = check
        return result
    }
}
