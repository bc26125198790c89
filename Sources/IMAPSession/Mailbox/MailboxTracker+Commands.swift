import IMAPProtocol
import IMAPWire
import Traffic

/// Commands on messages: which ones they name, and which flags they store.
extension MailboxTracker {
    /// Sets with more members are not looked through: their first ones are.
    private static let checkedMembers = 1024

    mutating func messageCommand(
        _ command: Command,
        _ message: inout Message,
        _ head: CommandHead,
        _ text: RawSpan,
        isAlone: Bool
    ) {
        if head.isUID {
            self.expectUIDs(message.exchange)
        } else if command == .fetch, Self.names(text, from: head.arguments, "UID") {
            self.expectUIDs(message.exchange)
        }
        self.tokenizer.reset(to: head.arguments)
        if command == .search || command == .sort || command == .thread {
            self.checkUIDONLY(head, text, &message)
            return
        }
        guard let set = self.tokenizer.next(in: text), set.isString else { return }
        if !head.isUID {
            self.checkUIDONLY(head, text, &message)
            self.numbers(set.range, text, head, &message, isAlone: isAlone)
            if command == .copy || command == .move { self.rememberCopied(set.range, text, message.exchange) }
        }
        if command == .store { self.checkFlags(text, &message) }
    }

    private mutating func checkUIDONLY(_ head: CommandHead, _ text: RawSpan, _ message: inout Message) {
        guard !head.isUID, self.enabled.contains(.uidOnly) else { return }
        self.report(.commandUnderUIDONLY(text.uppercased(head.name)), in: &message)
    }

    private static func names(_ text: RawSpan, from start: Int, _ word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        var index = start
        while index + length <= text.byteCount {
            if text.matches(index..<(index + length), word) { return true }
            index += 1
        }
        return false
    }

    /// What is known of the numbers in a set, and whether there are such messages.
    private mutating func numbers(
        _ range: Range<Int>,
        _ text: RawSpan,
        _ head: CommandHead,
        _ message: inout Message,
        isAlone: Bool
    ) {
        guard self.view != nil else { return }
        var set = SequenceSet(range)
        var members = 0
        var tooHigh: UInt64?
        let bound = UInt64(max(self.view?.exists ?? 0, self.view?.peak ?? 0))
        while members < Self.checkedMembers, let member = set.next(text) {
            members += 1
            for end in [member.first, member.last] {
                guard case .number(let number) = end else { continue }
                if members <= KnownUIDs.limit / 2, message.uids.uid(of: number) == nil,
                    let uid = self.view?.uids.uid(of: number)
                {
                    message.uids.insert(number: number, uid: uid)
                }
                // `5:*` is allowed whatever the mailbox holds.
                if member.last != .last, number > bound { tooHigh = max(tooHigh ?? 0, number) }
            }
        }
        // While another command runs, or SELECT, the numbers may belong to what is not known yet.
        guard isAlone, let tooHigh, let view = self.view, view.isCounted else { return }
        self.report(
            .commandNumberOutOfRange(text.uppercased(head.name), number: tooHigh, exists: view.exists ?? 0),
            in: &message
        )
    }

    /// The flags of STORE against PERMANENTFLAGS (RFC 9051 section 7.1).
    private mutating func checkFlags(_ text: RawSpan, _ message: inout Message) {
        guard let permanent = self.view?.permanentFlags, self.view?.isReadOnly == false else { return }
        guard var item = self.tokenizer.next(in: text) else { return }
        if item.kind == .listOpen {
            // (UNCHANGEDSINCE n)
            while let token = self.tokenizer.next(in: text), token.kind != .listClose, token.kind != .lineEnd {}
            guard let next = self.tokenizer.next(in: text) else { return }
            item = next
        }
        let name = text.uppercased(item.range)
        // What is taken away need not be permanent.
        guard name == "FLAGS" || name == "+FLAGS" || name == "FLAGS.SILENT" || name == "+FLAGS.SILENT" else { return }
        var told = 0
        while let flag = self.tokenizer.next(in: text), flag.kind != .listClose, flag.kind != .lineEnd {
            guard flag.kind == .atom, flag.length <= 256, told < 8 else { continue }
            let word = text.uppercased(flag.range)
            if !permanent.permits(word) {
                told += 1
                self.report(.flagNotPermanent(text.latin1(flag.range)), in: &message)
            }
        }
    }

    // MARK: - APPENDUID and COPYUID

    mutating func rememberAppend(_ head: CommandHead, _ text: RawSpan, _ exchange: Int) {
        guard let view = self.view, let exists = view.exists, self.appending.count < 64 else { return }
        self.tokenizer.reset(to: head.arguments)
        guard let name = self.tokenizer.next(in: text), name.isString,
            MailboxMemory.key(String(decoding: text.stringOctets(of: name), as: UTF8.self))
                == MailboxMemory.key(view.name)
        else { return }
        self.appending[exchange] = exists
    }

    /// `[APPENDUID validity uid]` (RFC 4315 section 3): the UID of the last message, if just one came meanwhile.
    mutating func appended(_ code: StatusCode, _ text: RawSpan, of exchange: Int) {
        guard let before = self.appending[exchange], let exists = self.view?.exists, before < .max,
            exists == before + 1
        else { return }
        self.tokenizer.reset(to: code.arguments)
        guard self.tokenizer.next(in: text) != nil, let set = self.tokenizer.next(in: text) else { return }
        let digits = set.offset..<min(set.offset + set.length, code.end)
        guard let uid = text.number(digits), uid > 0, uid <= UInt64(UInt32.max) else { return }
        self.view?.concluded(uid: UInt32(uid), of: UInt64(exists))
    }

    private mutating func rememberCopied(_ range: Range<Int>, _ text: RawSpan, _ exchange: Int) {
        guard let ranges = Self.ranges(text, range, most: 64), self.copying.count < 64 else { return }
        self.copying[exchange] = ranges
    }

    /// `[COPYUID validity source target]`: the source UIDs of the numbers that the client named, in their order
    /// (RFC 4315 section 3).
    mutating func copied(_ code: StatusCode, _ text: RawSpan, of exchange: Int) {
        guard let numbers = self.copying[exchange], self.view != nil else { return }
        self.tokenizer.reset(to: code.arguments)
        guard self.tokenizer.next(in: text) != nil, let source = self.tokenizer.next(in: text),
            let uids = Self.ranges(text, source.range, most: 1024)
        else { return }
        let most = 1024
        guard Self.count(numbers) == Self.count(uids), Self.count(uids) <= most else { return }
        var next = uids.makeIterator()
        var range = next.next()
        var uid = range?.lowerBound ?? 0
        for members in numbers {
            for number in members {
                self.view?.concluded(uid: uid, of: UInt64(number))
                if uid == range?.upperBound {
                    range = next.next()
                    uid = range?.lowerBound ?? 0
                } else {
                    uid += 1
                }
            }
        }
    }

    /// The members of a set in ascending order without `*`; nil when it is not that, or has more than `most` members.
    static func ranges(_ text: RawSpan, _ range: Range<Int>, most: Int) -> [ClosedRange<UInt32>]? {
        var ranges: [ClosedRange<UInt32>] = []
        var set = SequenceSet(range)
        while let member = set.next(text) {
            guard case .number(let first) = member.first, case .number(let last) = member.last, first > 0,
                last <= UInt64(UInt32.max), first > UInt64(ranges.last?.upperBound ?? 0), ranges.count < most
            else { return nil }
            ranges.append(UInt32(first)...UInt32(last))
        }
        return ranges.isEmpty ? nil : ranges
    }

    private static func count(_ ranges: [ClosedRange<UInt32>]) -> Int {
        ranges.reduce(0) { $0 + Int($1.upperBound - $1.lowerBound) + 1 }
    }
}
