import Traffic

/// What a client sends before it has heard from the server (RFC 8446 section 2.3): until the server has chosen a suite its
/// records wait, and until it has taken the data their content does.
struct EarlyData {
    struct Record {
        var header: RecordHeader
        var body: [UInt8]
        var time: Timestamp
    }

    private(set) var records: [Record] = []
    private(set) var content: [(octets: [UInt8], time: Timestamp)] = []
    private var octets = 0

    /// Servers allow 16 KiB by default.
    private static let limit = 262_144

    /// - Returns: false when there is no room.
    mutating func append(_ record: Record) -> Bool {
        guard self.octets + record.body.count <= Self.limit else { return false }
        self.octets += record.body.count
        self.records.append(record)
        return true
    }

    mutating func append(_ octets: [UInt8], at time: Timestamp) {
        self.content.append((octets, time))
    }

    mutating func takeRecords() -> [Record] {
        defer {
            self.records = []
            self.octets = 0
        }
        return self.records
    }

    mutating func takeContent() -> [(octets: [UInt8], time: Timestamp)] {
        defer { self.content = [] }
        return self.content
    }
}
