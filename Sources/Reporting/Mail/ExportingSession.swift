import IMAPProtocol
import IMAPSession
import IMAPWire
import Masking
import Traffic

/// The messages of one session that are being written.
final class ExportingSession {
    private let id: ConnectionID
    private let folder: any MailFolder
    private let literalPrefix: Int
    private var mailbox: String?
    private var count = 0
    /// Long literals that have begun to pass, by their offsets, those of the client and of the server.
    private var passing: [Direction: [UInt64: ExportedMail]] = [:]
    /// APPEND commands that have no answer yet.
    private var appending: [Int: [ExportedMail]] = [:]
    private var parts = PartialFetches()
    /// Whole or given up, and not in the index yet.
    var finished: [ExportedMail] = []

    init(_ id: ConnectionID, _ folder: any MailFolder, literalPrefix: Int) {
        self.id = id
        self.folder = folder
        self.literalPrefix = literalPrefix
    }

    var hasAppended: Bool { !self.appending.isEmpty }

    // MARK: - Literals that pass

    /// The beginning of a message as far as its last literal, whose octets come now.
    func begin(_ message: Message, _ text: RawSpan, _ literal: LiteralRecord) {
        let index = message.literals.count - 1
        switch message.direction {
        case .client:
            guard message.command == .append || message.command == .replace else { return }
            let items = AppendItems(message, text: text, literalPrefix: self.literalPrefix)
            guard items.items.contains(where: { $0.literal == index }) else { return }
            self.passing[.client, default: [:]][literal.offset] = self.create(
                message.command == .replace ? .replace : .append,
                message.time
            )
        case .server:
            guard message.response == .fetch || message.response == .uidfetch else { return }
            let items = FetchItems(message, text: text, literalPrefix: self.literalPrefix)
            guard let item = items.items.first(where: { $0.value == .literal(index) }),
                let section = MessageSection(text, item.name)
            else { return }
            self.passing[.server, default: [:]][literal.offset] = self.file(for: section, message)
        }
    }

    func take(_ piece: LiteralPiece, _ octets: RawSpan) {
        guard octets.byteCount > 0, let name = self.passing[piece.direction]?[piece.literal.offset]?.temporaryName
        else { return }
        self.folder.append(octets, to: name)
        self.passing[piece.direction]?[piece.literal.offset]?.octets += UInt64(octets.byteCount)
    }

    // MARK: - FETCH

    /// A command: how long the parts are that it asks for.
    func fetch(_ message: Message, _ text: RawSpan) {
        guard message.exchange != 0, let length = MessageSection.requestedLength(text, from: message.arguments) else {
            return
        }
        self.parts.asked(for: length, in: message.exchange)
    }

    /// A response.
    func fetched(_ masked: MaskedMessage, _ text: RawSpan) {
        let message = masked.message
        let items = FetchItems(message, text: text, literalPrefix: self.literalPrefix)
        var uid = message.sequenceNumber.flatMap(message.uids.uid(of:))
        var flags: String?
        for item in items.items {
            if text.matches(item.name, "UID"), case .atom(let range) = item.value {
                uid = text.number(range).flatMap { UInt32(exactly: $0) } ?? uid
            } else if text.matches(item.name, "FLAGS"), case .list(let range) = item.value {
                flags = text.latin1(range)
            } else if text.matches(item.name, "RFC822.SIZE"), case .atom(let range) = item.value,
                let size = text.number(range)
            {
                self.parts.learn(size: size, of: message.sequenceNumber)
            }
        }
        for item in items.items {
            guard let section = MessageSection(text, item.name),
                var mail = self.mail(section, item.value, masked, text)
            else { continue }
            mail.uid = uid ?? mail.uid
            mail.flags = flags ?? mail.flags
            self.received(mail, section, message)
        }
    }

    /// The file of an item, with all of its octets written; nil for NIL.
    private func mail(
        _ section: MessageSection,
        _ value: FetchItems.Value,
        _ masked: MaskedMessage,
        _ text: RawSpan
    ) -> ExportedMail? {
        switch value {
        case .literal(let index):
            let literal = masked.message.literals[index]
            if var mail = self.passing[.server]?.removeValue(forKey: literal.offset) {
                mail.settle(literal)
                return mail
            }
            var mail = self.file(for: section, masked.message)
            self.write(literal, masked, text, to: &mail)
            return mail
        case .quoted(let range):
            var mail = self.file(for: section, masked.message)
            let octets = text.unescaped(range)
            self.folder.append(octets.span.bytes, to: mail.temporaryName)
            mail.octets += UInt64(octets.count)
            mail.lastLength = UInt64(octets.count)
            return mail
        case .atom, .list: return nil
        }
    }

    /// A literal that the text of its message holds.
    private func write(
        _ literal: LiteralRecord,
        _ masked: MaskedMessage,
        _ text: RawSpan,
        to mail: inout ExportedMail
    ) {
        let kept = MessageLayout(masked.message, text: text, literalPrefix: self.literalPrefix).kept(literal)
        var position = kept.lowerBound
        for gap in masked.masked where gap.isMissing && gap.range.overlaps(kept) {
            self.folder.append(
                text.extracting(position..<max(position, gap.range.lowerBound)),
                to: mail.temporaryName
            )
            mail.octets += UInt64(max(position, gap.range.lowerBound) - position)
            position = min(max(position, gap.range.upperBound), kept.upperBound)
        }
        self.folder.append(text.extracting(position..<kept.upperBound), to: mail.temporaryName)
        mail.octets += UInt64(kept.upperBound - position)
        mail.settle(literal)
    }

    /// The file that goes on with a part, or a new one.
    private func file(for section: MessageSection, _ message: Message) -> ExportedMail {
        if let origin = section.origin {
            if let part = self.parts.take(message.sequenceNumber, endingAt: origin) { return part.goingOn() }
            for part in self.parts.takeAll(of: message.sequenceNumber) { self.finish(part) }
        }
        var mail = self.create(.fetch, message.time)
        mail.start = section.origin ?? 0
        mail.mailbox = self.mailbox
        mail.sequenceNumber = message.sequenceNumber
        return mail
    }

    /// All that a response has of a message is written.
    private func received(_ mail: ExportedMail, _ section: MessageSection, _ message: Message) {
        var mail = mail
        if section.origin == nil {
            mail.isEnded = mail.missing == 0
        } else if mail.missing == 0 {
            let isLast = self.parts.isLast(mail, of: message.sequenceNumber, exchange: message.exchange)
            mail.isEnded = isLast
            guard isLast else {
                for old in self.parts.keep(mail, of: message.sequenceNumber) { self.finish(old) }
                return
            }
        }
        self.finish(mail)
    }

    // MARK: - APPEND

    /// A command with all of its literals.
    func append(_ masked: MaskedMessage, _ text: RawSpan) {
        let message = masked.message
        let items = AppendItems(message, text: text, literalPrefix: self.literalPrefix)
        let mailbox = items.mailbox.flatMap { self.text(of: $0, message, text) }
        var mails: [ExportedMail] = []
        for item in items.items where item.literal < message.literals.count {
            let literal = message.literals[item.literal]
            // The server refused it: there is nothing.
            if message.literalRefused, item.literal == message.literals.count - 1 { continue }
            var mail: ExportedMail
            if let begun = self.passing[.client]?.removeValue(forKey: literal.offset) {
                mail = begun
                mail.settle(literal)
            } else {
                mail = self.create(message.command == .replace ? .replace : .append, message.time)
                self.write(literal, masked, text, to: &mail)
            }
            mail.mailbox = mailbox
            mail.flags = item.flags.map { text.latin1($0) }
            mail.isEnded = mail.missing == 0
            mails.append(mail)
        }
        guard !mails.isEmpty else { return }
        if message.exchange == 0 || !message.complete {
            for mail in mails { self.finish(mail) }
        } else {
            self.appending[message.exchange] = mails
        }
    }

    /// `OK [APPENDUID 38505 3955:3957]` (RFC 4315 section 3).
    func appended(_ message: Message, _ text: RawSpan) {
        let exchange = message.completes?.number ?? message.exchange
        guard self.appending[exchange] != nil, let uids = AppendedUIDs(text, from: message.arguments) else { return }
        for (index, uid) in uids.uids.enumerated() where index < self.appending[exchange]?.count ?? 0 {
            self.appending[exchange]?[index].uid = uid
        }
    }

    func ended(_ exchange: Exchange) {
        self.parts.forget(exchange: exchange.number)
        for var mail in self.appending.removeValue(forKey: exchange.number) ?? [] {
            mail.status = exchange.status?.name
            self.finish(mail)
        }
    }

    private func text(of value: FetchItems.Value, _ message: Message, _ text: RawSpan) -> String? {
        switch value {
        case .atom(let range): text.latin1(range)
        case .quoted(let range): String(decoding: text.unescaped(range), as: UTF8.self)
        case .literal(let index):
            text.latin1(
                MessageLayout(message, text: text, literalPrefix: self.literalPrefix).kept(message.literals[index])
            )
        case .list: nil
        }
    }

    // MARK: - Files

    /// Another mailbox is open, or none.
    func enter(_ mailbox: String?) {
        self.endParts()
        self.mailbox = mailbox
    }

    func endParts() {
        for part in self.parts.takeAll() { self.finish(part) }
    }

    func end() {
        self.endParts()
        let rest = self.passing.values.flatMap(\.values) + self.appending.values.joined()
        for mail in rest.sorted(by: { $0.number < $1.number }) { self.finish(mail) }
        self.passing = [:]
        self.appending = [:]
    }

    private func create(_ source: ExportedMail.Source, _ time: Timestamp) -> ExportedMail {
        self.count += 1
        let mail = ExportedMail(self.id, number: self.count, source: source, time: time)
        self.folder.create(mail.temporaryName)
        return mail
    }

    private func finish(_ mail: ExportedMail) {
        self.folder.close(mail.temporaryName, as: mail.name)
        self.finished.append(mail)
    }
}
