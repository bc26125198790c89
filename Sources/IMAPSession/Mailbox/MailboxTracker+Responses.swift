import IMAPProtocol
import IMAPWire
import Traffic

/// Untagged responses that say something about the mailbox.
extension MailboxTracker {
    mutating func untagged(_ message: inout Message, _ head: ResponseHead, _ text: RawSpan, _ context: Context) {
        guard let response = head.response else { return }
        switch response {
        case .fetch: self.fetch(&message, head, text, context)
        case .uidfetch:
            self.checkSelected(response, context, &message)
            self.requires(self.enabled.contains(.uidOnly), "UIDFETCH", "UIDONLY", "RFC 9586 section 3.3", in: &message)
        case .exists: self.exists(&message, head, context)
        case .recent: self.recent(&message, head, context)
        case .expunge: self.expunge(&message, head, context)
        case .vanished: self.vanished(&message, head, text, context)
        case .flags:
            self.checkSelected(response, context, &message)
            self.withData(context) { $0.flags = FlagList(text, from: head.arguments) }
        case .search, .sort: self.search(&message, head, text, context)
        case .esearch: self.extendedSearch(head, text, context)
        case .enabled: self.receivedEnabled(text, from: head.arguments, context)
        case .ok, .no, .bad, .bye, .preauth: self.status(&message, head, text, context)
        default: break
        }
        if let times = self.view?.uids.timesForgotten, times > self.toldForgotten {
            self.toldForgotten = .max
            self.report(.uidsForgotten(limit: self.limit), in: &message)
        }
    }

    /// A FETCH response that begins with the next message's UID, one of thousands: true when nothing else need be known
    /// of it.
    mutating func isRoutine(_ head: ResponseHead, _ text: RawSpan) -> Bool {
        guard !self.checksItems, self.opening == nil, let number = head.number,
            let uid = FetchFacts.leadingUID(text, from: head.arguments)
        else { return false }
        return self.view?.uids.continues(uid, of: number) ?? false
    }

    // MARK: - Which mailbox

    /// Data that SELECT brings belongs to the mailbox being opened, when SELECT is the next to be answered.
    private mutating func withData(_ context: Context, _ update: (inout MailboxView) -> Void) {
        if self.opening == nil, !context.selecting.isEmpty, let first = context.running.first,
            let name = context.selecting[first.number]
        {
            self.opening = MailboxView(name: name, isReadOnly: first.command == .examine, limit: self.limit)
        }
        if self.opening != nil {
            self.opening.withValue(update)
        } else {
            self.view.withValue(update)
        }
    }

    private var isOpening: Bool { self.opening != nil }

    /// The view that message data belongs to.
    private mutating func withMessages<Result>(_ body: (inout MailboxView) -> Result) -> Result? {
        self.isOpening ? self.opening.withValue(body) : self.view.withValue(body)
    }

    // MARK: - Counts

    private mutating func exists(_ message: inout Message, _ head: ResponseHead, _ context: Context) {
        self.checkSelected(.exists, context, &message)
        guard let number = head.number else { return }
        guard number <= UInt64(UInt32.max) else {
            return self.report(.countTooLarge(.exists, number: number), in: &message)
        }
        var before: UInt32?
        var recent: UInt64?
        self.withData(context) {
            before = $0.received(exists: UInt32(number))
            recent = $0.recent
        }
        if let before, !self.isOpening, context.selecting.isEmpty {
            self.report(.existsShrank(from: before, to: UInt32(number)), in: &message)
        }
        if self.isOpening { self.check(recent: recent, exists: UInt32(number), &message) }
    }

    private mutating func recent(_ message: inout Message, _ head: ResponseHead, _ context: Context) {
        self.checkSelected(.recent, context, &message)
        guard let number = head.number else { return }
        var exists: UInt32?
        self.withData(context) {
            $0.recent = number
            exists = $0.isCounted ? $0.exists : nil
        }
        if let exists { self.check(recent: number, exists: exists, &message) }
    }

    private mutating func check(recent: UInt64?, exists: UInt32, _ message: inout Message) {
        guard let recent, recent > UInt64(exists) else { return }
        self.report(.recentAboveExists(recent: recent, exists: exists), in: &message)
    }

    // MARK: - Messages that go

    private mutating func expunge(_ message: inout Message, _ head: ResponseHead, _ context: Context) {
        self.checkSelected(.expunge, context, &message)
        guard let number = head.number else { return }
        if self.enabled.contains(.uidOnly) {
            self.report(.numberUnderUIDONLY(.expunge), in: &message)
        } else if self.enabled.contains(.qresync) {
            self.report(.expungeUnderQRESYNC, in: &message)
        }
        self.checkExpunge(.expunge, context, &message)
        let outcome = self.withMessages { view -> (UInt32?, UInt32?) in
            guard number > 0, number <= UInt64(view.uids.count) else {
                return (nil, view.isCounted ? view.exists : nil)
            }
            return (view.received(expunge: number), nil)
        }
        if let uid = outcome?.0 { message.uids = KnownUIDs(number: number, uid: uid) }
        if let exists = outcome?.1 {
            self.report(.numberOutOfRange(.expunge, number: number, exists: exists), in: &message)
        }
    }

    /// RFC 3501 section 7.4.1, RFC 9051 section 7.5.1: never while no command is in progress, nor during FETCH, STORE and
    /// SEARCH by numbers. With more than one command in progress any that allows it does.
    private mutating func checkExpunge(_ response: Response, _ context: Context, _ message: inout Message) {
        guard self.view != nil, !self.pushesExpunges, !self.isStateUncertain, !self.enabled.contains(.uidOnly) else {
            return
        }
        var during: String?
        for exchange in context.running where exchange.number != context.sending {
            guard !exchange.isUID, let command = exchange.command, [.fetch, .store, .search].contains(command) else {
                return
            }
            during = during ?? exchange.name
        }
        self.report(.expungeForbidden(response, during: during), in: &message)
    }

    /// `VANISHED [(EARLIER)] uids` (RFC 7162 section 3.2.10).
    private mutating func vanished(
        _ message: inout Message,
        _ head: ResponseHead,
        _ text: RawSpan,
        _ context: Context
    ) {
        self.checkSelected(.vanished, context, &message)
        self.requires(
            self.enabled.allowsVanished,
            "VANISHED",
            "QRESYNC or UIDONLY",
            "RFC 7162 section 3.2.10",
            in: &message
        )
        self.tokenizer.reset(to: head.arguments)
        guard let first = self.tokenizer.next(in: text) else { return }
        // EARLIER tells of what was gone before the mailbox was opened: no number changes.
        guard first.kind == .atom else { return }
        self.checkExpunge(.vanished, context, &message)
        var set = SequenceSet(first.range)
        _ = self.withMessages { view in
            while let member = set.next(text) {
                guard case .number(let low) = member.first, case .number(let high) = member.last, low > 0,
                    low <= UInt64(UInt32.max)
                else { continue }
                view.received(vanished: UInt32(low)...UInt32(min(high, UInt64(UInt32.max))))
            }
        }
    }

    // MARK: - FETCH

    private mutating func fetch(_ message: inout Message, _ head: ResponseHead, _ text: RawSpan, _ context: Context) {
        self.checkSelected(.fetch, context, &message)
        guard let number = head.number else { return }
        if self.enabled.contains(.uidOnly) { self.report(.numberUnderUIDONLY(.fetch), in: &message) }
        guard self.view != nil || self.opening != nil else { return }
        let facts = FetchFacts(
            text,
            from: head.arguments,
            literals: message.literals,
            literalPrefix: context.literalPrefix,
            expectsUID: self.expectsUIDs
        )
        self.checksItems = false
        if facts.modSequence != nil, !self.enabled.contains(.condstore) {
            self.requires(false, "MODSEQ", "CONDSTORE", "RFC 7162 section 3.1", in: &message)
        }
        let isOpening = self.isOpening
        let violation = self.withMessages { view -> MailboxViolation? in
            guard number > 0, number <= UInt64(view.uids.count) else {
                guard !isOpening, view.isCounted, let exists = view.exists else { return nil }
                return .numberOutOfRange(.fetch, number: number, exists: exists)
            }
            guard let uid = facts.uid else {
                if let uid = view.uids.uid(of: number) { message.uids = KnownUIDs(number: number, uid: uid) }
                return nil
            }
            guard uid > 0, uid <= UInt64(UInt32.max) else { return .invalidUID(uid) }
            switch view.received(uid: UInt32(uid), of: number) {
            case .changed(let from): return .uidChanged(number: number, from: from, to: UInt32(uid))
            case .notAbove(let earlier):
                return .uidNotAscending(number: number, uid: UInt32(uid), earlier: earlier)
            case .notBelow(let later): return .uidNotBelow(number: number, uid: UInt32(uid), later: later)
            case nil: return nil
            }
        }
        if let violation, let violation { self.report(violation, in: &message) }
    }

    // MARK: - Codes

    private mutating func status(_ message: inout Message, _ head: ResponseHead, _ text: RawSpan, _ context: Context) {
        let code = StatusCode(text, from: head.arguments)
        if head.response == .bye, message.kind != .greeting, !self.isLeaving,
            !context.running.contains(where: { $0.command == .logout })
        {
            // Yandex repeats it until the client closes.
            self.isLeaving = true
            let reason = code.flatMap { $0.name == .reason ? text.latin1($0.word) : nil }
            self.report(.goodbye(code: reason), in: &message)
        }
        guard let code else { return }
        if code.name == .closed {
            // What follows is about the mailbox being opened (RFC 7162 section 3.2.11).
            self.leave()
            self.opening = nil
            self.withData(context) { _ in }
            return
        }
        if code.describesMailbox { self.withData(context) { _ in } }
        // MOVE sends COPYUID before it is completed (RFC 6851 section 4.3).
        self.code(
            code,
            text,
            of: context.running.first?.number ?? 0,
            isSelecting: !context.selecting.isEmpty,
            &message
        )
    }

    /// A code, tagged or not.
    mutating func code(
        _ code: StatusCode,
        _ text: RawSpan,
        of exchange: Int,
        isSelecting: Bool,
        _ message: inout Message
    ) {
        switch code.name {
        case .referral:
            self.report(.referral(text.latin1(code.arguments..<max(code.arguments, code.end))), in: &message)
        case .copyUID: self.copied(code, text, of: exchange)
        case .appendUID: self.appended(code, text, of: exchange)
        case .permanentFlags:
            _ = self.withMessages { $0.permanentFlags = FlagList(text, from: code.arguments) }
        case .noModSequences: _ = self.withMessages { $0.highestModSequence = nil }
        case .uidValidity, .uidNext, .highestModSequence:
            guard let number = code.number(text) else { return }
            let violation = self.withMessages { $0.received(code.name, number, isOpening: isSelecting) }
            if let violation, let violation { self.report(violation, in: &message) }
        default: break
        }
    }
}

extension MailboxView {
    /// UIDVALIDITY, UIDNEXT or HIGHESTMODSEQ.
    mutating func received(_ name: StatusCode.Name, _ number: UInt64, isOpening: Bool) -> MailboxViolation? {
        switch name {
        case .uidValidity:
            // xwtec sends 0 for "unknown".
            guard number > 0, number <= UInt64(UInt32.max) else { return nil }
            let before = self.uidValidity
            self.uidValidity = UInt32(number)
            if let before, before != UInt32(number), !isOpening {
                self.uids.forget()
                return .uidValidityChangedWhileOpen(from: before, to: UInt32(number))
            }
        case .uidNext:
            guard number > 0, number <= UInt64(UInt32.max) else { return nil }
            self.uidNext = UInt32(number)
            if let known = self.uids.highestUID(), known >= UInt32(number), !self.isConcluded {
                return .uidNextTooLow(uidNext: UInt32(number), known: known)
            }
        case .highestModSequence:
            let before = self.highestModSequence
            self.highestModSequence = number
            if let before, number < before { return .highestModSequenceFell(from: before, to: number) }
        default: break
        }
        return nil
    }
}

extension Optional {
    /// Changes the value in place, if there is one.
    fileprivate mutating func withValue<Result>(_ body: (inout Wrapped) -> Result) -> Result? {
        guard self != nil else { return nil }
        return body(&self!)
    }
}
