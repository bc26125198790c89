import Reporting
import SessionStore
import Traffic

/// The list of a store's sessions for programs: an object a line.
struct SessionListJSON {
    private let rows: [SessionRow]

    init(_ rows: [SessionRow]) {
        self.rows = rows
    }

    var text: String { self.rows.map { Self.line($0) + "\n" }.joined() }

    private static func line(_ row: SessionRow) -> String {
        let members: [(String, String)] = [
            ("session", String(row.number)),
            ("began", JSONText.string(TimeText.utc(row.began, fraction: 6))),
            ("ended", self.optional(row.ended.map { TimeText.utc($0, fraction: 6) })),
            ("client", JSONText.string(row.client)),
            ("server", JSONText.string(row.server)),
            ("client_leg", JSONText.string(row.clientLeg)),
            ("upstream_leg", JSONText.string(row.upstreamLeg)),
            ("user", self.optional(row.user)),
            ("state", self.optional(row.state)),
            ("client_octets", row.clientOctets.map(String.init) ?? "null"),
            ("server_octets", row.serverOctets.map(String.init) ?? "null"),
            ("exchanges", String(row.exchanges)),
            ("refused", String(row.refused)),
            ("findings", String(row.findings)),
            ("tags", "[\(row.tags.map(JSONText.string).joined(separator: ","))]"),
            ("comment", self.optional(row.comment)),
        ]
        return "{" + members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }

    private static func optional(_ text: String?) -> String { text.map(JSONText.string) ?? "null" }
}
