import Foundation
import GRDB
import IMAPProtocol
import IMAPSession
import IMAPWire
import Traffic

/// One walk through the messages and events of a store.
struct StorePlaying {
    private let database: Database
    private let literalPrefix: Int
    private(set) var damages: [StoreDamage] = []
    private var open: [Int64: any SessionObserver] = [:]
    private var lastTime = Timestamp.zero

    /// More are not told one by one: a damaged file has as many as it likes.
    private static let mostDamages = 100

    init(database: Database, literalPrefix: Int) {
        self.database = database
        self.literalPrefix = literalPrefix
    }

    mutating func run(
        _ sessions: [Int64]?,
        isWanted: () -> Bool,
        observer: (ConnectionID) -> any SessionObserver
    ) throws {
        var seq: Int64 = 0
        while isWanted(), self.damages.count < Self.mostDamages {
            do {
                try self.walk(from: seq, sessions, isWanted, &seq, observer)
                break
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
                // A page that cannot be read hides some rows: those behind it may be whole.
                self.damages.append(StoreDamage(seq: seq, session: 0, reason: error.message ?? "damaged page"))
                seq += 64
                guard let last = try? self.lastSeq(), seq <= last else { break }
            }
        }
        // A recording that was cut: what it left open ends here.
        for id in self.open.keys.sorted() { self.open[id]?.event(.ended(self.cut(id))) }
    }

    private func lastSeq() throws -> Int64 {
        try Int64.fetchOne(
            self.database,
            sql: "SELECT max(coalesce((SELECT max(seq) FROM message), 0), coalesce((SELECT max(seq) FROM event), 0))"
        ) ?? 0
    }

    private mutating func walk(
        from first: Int64,
        _ sessions: [Int64]?,
        _ isWanted: () -> Bool,
        _ seq: inout Int64,
        _ observer: (ConnectionID) -> any SessionObserver
    ) throws {
        let chosen = sessions.map { " AND session IN (" + $0.map(String.init).joined(separator: ",") + ")" } ?? ""
        let rows = try Row.fetchCursor(
            self.database,
            sql: """
                SELECT seq, session, 0 AS type, kind, count, text, record FROM message WHERE seq >= \(first)\(chosen)
                UNION ALL SELECT seq, session, 1, kind, 1, x'', record FROM event WHERE seq >= \(first)\(chosen)
                ORDER BY seq
                """
        )
        var count = 0
        while let row = try rows.next() {
            seq = row[0]
            let session: Int64 = row[1]
            let octets = [UInt8](row[6] as Data)
            do throws(RecordReader.Damage) {
                if row[2] as Int == 1 {
                    try self.event(octets, session, observer)
                } else {
                    let text = [UInt8](row[5] as Data)
                    try self.messages(
                        octets,
                        text,
                        row[4],
                        seq,
                        session,
                        isAnnouncement: row[3] as String == "announced"
                    )
                }
            } catch {
                self.damages.append(StoreDamage(seq: seq, session: session, reason: "the row cannot be understood"))
                guard self.damages.count < Self.mostDamages else { return }
            }
            count += 1
            if count % 64 == 0, !isWanted() { return }
        }
    }

    private mutating func event(
        _ record: [UInt8],
        _ session: Int64,
        _ observer: (ConnectionID) -> any SessionObserver
    ) throws(RecordReader.Damage) {
        var reader = RecordReader(record)
        let event = try reader.event(of: ConnectionID(UInt64(clamping: session)))
        if case .began(let description) = event {
            self.open[session] = observer(description.connection)
            self.lastTime = description.time
        }
        self.open[session]?.event(event)
        if case .ended = event { self.open[session] = nil }
    }

    private mutating func messages(
        _ record: [UInt8],
        _ text: [UInt8],
        _ count: Int,
        _ seq: Int64,
        _ session: Int64,
        isAnnouncement: Bool
    ) throws(RecordReader.Damage) {
        guard let observer = self.open[session] else { return }
        var reader = RecordReader(record)
        let id = ConnectionID(UInt64(clamping: session))
        var position = 0
        for _ in 0..<count {
            let length = try reader.int()
            for exchange in try reader.array({ (reader) throws(RecordReader.Damage) in try reader.exchange() }) {
                observer.event(.exchangeBegan(exchange))
            }
            let message = try reader.message(of: id)
            self.lastTime = message.time
            guard length >= 0, length <= 1 << 30 else { throw RecordReader.Damage() }
            let stays = count == 1 ? text.count : length
            guard position + stays <= text.count else { throw RecordReader.Damage() }
            let part = Array(text[position..<(position + stays)])
            position += stays
            if isAnnouncement {
                observer.announced(message, text: part.span.bytes)
                continue
            }
            let (told, whole) =
                part.count == length && message.literals.isEmpty
                ? (message, part) : self.restored(message, part, length, seq, observer)
            // Ranges of a damaged row must not reach beyond its text.
            guard told.fits(whole.count) else { throw RecordReader.Damage() }
            observer.message(told, text: whole.span.bytes, secrets: [])
            for case .ended in message.consequences { self.open[session] = nil }
        }
    }

    /// Puts the literals that stand apart back in their places, as much of each as is wanted; tells whoever wants them of
    /// the long ones.
    ///
    /// - Returns: the message, its ranges where they are in the new text, and that text.
    private func restored(
        _ message: Message,
        _ text: [UInt8],
        _ length: Int,
        _ seq: Int64,
        _ observer: any SessionObserver
    ) -> (Message, [UInt8]) {
        var message = message
        var whole: [UInt8] = []
        whole.reserveCapacity(min(length, 1 << 20))
        var position = 0
        for place in message.literals.indices {
            let literal = message.literals[place]
            guard literal.received >= UInt64(StoreSink.apart), let pieces = try? self.pieces(seq, place),
                !pieces.isEmpty
            else { continue }
            let before = literal.textOffset - whole.count
            guard before >= 0, position + before <= text.count else { return (message, []) }
            whole += text[position..<(position + before)]
            position += before
            let isLong = literal.size > UInt64(self.literalPrefix)
            if isLong { observer.passing(message.begun(through: place), text: whole.span.bytes) }
            var offset: UInt64 = 0
            var kept = 0
            for (index, piece) in pieces.enumerated() {
                let octets = piece.prefix(max(0, self.literalPrefix - kept))
                whole += octets
                kept += octets.count
                guard isLong else { continue }
                observer.literal(
                    LiteralPiece(
                        direction: message.direction,
                        time: message.time,
                        messageOffset: message.offset,
                        literal: literal,
                        position: offset,
                        isLast: index == pieces.count - 1
                    ),
                    octets: piece.span.bytes
                )
                offset += UInt64(piece.count)
            }
            let recorded = Int(clamping: min(literal.received, UInt64(WireLimits.standard.literalPrefix)))
            message.move(behind: literal.textOffset, by: kept - recorded)
        }
        whole += text[position...]
        return (message, whole)
    }

    private func pieces(_ seq: Int64, _ place: Int) throws -> [[UInt8]] {
        let statement = try self.database.cachedStatement(
            sql: "SELECT octets FROM literal JOIN blob ON blob.id = blob WHERE message = ? AND place = ? ORDER BY piece"
        )
        return try Data.fetchAll(statement, arguments: [seq, place]).map { Array($0) }
    }

    /// The end of a session that the recording does not have.
    private func cut(_ session: Int64) -> SessionSummary {
        SessionSummary(
            connection: ConnectionID(UInt64(clamping: session)),
            began: self.lastTime,
            ended: self.lastTime,
            user: nil,
            state: .greeting,
            clientOctets: 0,
            serverOctets: 0,
            clientMessages: 0,
            serverMessages: 0,
            exchanges: 0,
            findings: 0
        )
    }
}

extension Message {
    /// Whether all its ranges stand within a text of so many octets.
    fileprivate func fits(_ count: Int) -> Bool {
        self.tag.upperBound <= count && self.name.upperBound <= count && self.arguments <= count
            && self.arguments >= 0 && self.literals.allSatisfy { $0.textOffset <= count }
            && self.secrets.allSatisfy { $0.range.upperBound <= count }
    }

    /// More, or less, is kept of a literal than was: what stands behind it is elsewhere.
    fileprivate mutating func move(behind position: Int, by amount: Int) {
        guard amount != 0 else { return }
        for index in self.literals.indices where self.literals[index].textOffset > position {
            self.literals[index].textOffset += amount
        }
        guard !self.secrets.isEmpty else { return }
        self.secrets = self.secrets.map { secret in
            guard secret.range.lowerBound > position else { return secret }
            let range = (secret.range.lowerBound + amount)..<(secret.range.upperBound + amount)
            return SecretRange(range, showsLength: secret.showsLength, isMissing: secret.isMissing)
        }
    }

    /// As much of it as had come when the literal at `place` began to pass.
    fileprivate func begun(through place: Int) -> Message {
        var message = self
        message.literals = Array(self.literals.prefix(place + 1))
        message.complete = false
        message.findings = []
        message.consequences = []
        return message
    }
}
