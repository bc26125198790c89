import GRDB
public import Traffic

/// Which sessions of a store are asked for; each condition narrows the list.
public struct SessionQuery: Sendable, Hashable {
    public var numbers: [Int64] = []
    public var user: String?
    /// A command as sent, in capitals: `UID FETCH`; with no `UID`, both forms.
    public var command: String?
    /// Nanoseconds: a command took at least so long.
    public var slowerThan: Int64?
    /// `NO`: a command was answered so.
    public var status: String?
    /// The name or the number of a finding.
    public var finding: String?
    public var tag: String?
    public var mechanism: String?
    public var since: Timestamp?
    public var until: Timestamp?

    public init() {}

    /// The condition on the table of sessions, and its values.
    var condition: (sql: String, arguments: StatementArguments) {
        var parts: [String] = []
        var arguments = StatementArguments()
        func add(_ sql: String, _ values: (any DatabaseValueConvertible)?...) {
            parts.append(sql)
            arguments += StatementArguments(values)
        }
        if !self.numbers.isEmpty {
            add("id IN (" + self.numbers.map(String.init).joined(separator: ",") + ")")
        }
        if let user {
            add("(user = ? OR id IN (SELECT session FROM authentication WHERE user = ?))", user, user)
        }
        // One exchange must meet all that is asked of exchanges.
        var exchange: [String] = []
        var values: [(any DatabaseValueConvertible)?] = []
        if let command {
            exchange.append("name IN (?, ?)")
            values += [command, "UID " + command]
        }
        if let slowerThan {
            exchange.append("latency >= ?")
            values.append(slowerThan / 1000)
        }
        if let status {
            exchange.append("status = ?")
            values.append(status)
        }
        if !exchange.isEmpty {
            parts.append("id IN (SELECT session FROM exchange WHERE " + exchange.joined(separator: " AND ") + ")")
            arguments += StatementArguments(values)
        }
        if let finding { add("id IN (SELECT session FROM finding WHERE id = ? OR number = ?)", finding, finding) }
        if let tag { add("id IN (SELECT session FROM session_tag WHERE tag = ?)", tag) }
        if let mechanism { add("id IN (SELECT session FROM authentication WHERE mechanism = ?)", mechanism) }
        if let since { add("coalesce(ended, began) >= ?", since.microseconds) }
        if let until { add("began <= ?", until.microseconds) }
        return (parts.isEmpty ? "1" : parts.joined(separator: " AND "), arguments)
    }
}

extension StoreReader {
    /// The sessions that meet a query, in the order of their numbers.
    public func sessions(_ query: SessionQuery = SessionQuery()) throws(StoreError) -> [SessionRow] {
        let condition = query.condition
        return try self.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT *,
                        coalesce(exchanges, (SELECT count(*) FROM exchange WHERE session = id)) AS exchange_count,
                        (SELECT count(*) FROM exchange WHERE session = id AND status IN ('NO', 'BAD')) AS refused,
                        coalesce(findings, (SELECT count(*) FROM finding WHERE session = session.id)) AS finding_count,
                        (SELECT group_concat(tag, char(10)) FROM session_tag WHERE session = id) AS tags
                    FROM session WHERE \(condition.sql) ORDER BY id
                    """,
                arguments: condition.arguments
            ).map { SessionRow($0) }
        }
    }
}
