import GRDB
public import Traffic

/// A session as lists show it.
public struct SessionRow: Sendable, Hashable {
    public var number: Int64
    public var began: Timestamp
    /// Nil: the recording was cut, or goes on.
    public var ended: Timestamp?
    public var client: String
    public var server: String
    public var clientLeg: String
    public var upstreamLeg: String
    public var user: String?
    public var state: String?
    public var clientOctets: Int64?
    public var serverOctets: Int64?
    public var exchanges: Int64
    /// Commands answered with NO or BAD.
    public var refused: Int64
    public var findings: Int64
    public var tags: [String]
    public var comment: String?

    init(_ row: Row) {
        self.number = row["id"]
        self.began = Timestamp(microseconds: row["began"])
        self.ended = (row["ended"] as Int64?).map { Timestamp(microseconds: $0) }
        self.client = row["client"]
        self.server = row["server"]
        self.clientLeg = row["client_leg"]
        self.upstreamLeg = row["upstream_leg"]
        self.user = row["user"]
        self.state = row["state"]
        self.clientOctets = row["client_octets"]
        self.serverOctets = row["server_octets"]
        self.exchanges = row["exchange_count"]
        self.refused = row["refused"]
        self.findings = row["finding_count"]
        let tags: String? = row["tags"]
        self.tags = tags.map { $0.split(separator: "\n").map(String.init).sorted() } ?? []
        self.comment = row["comment"]
    }
}
