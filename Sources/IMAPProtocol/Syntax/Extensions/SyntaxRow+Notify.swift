import IMAPWire
import Traffic

extension SyntaxRow {
    /// RFC 5465, and the mailbox filters it shares with RFC 7377.
    static let notify: [SyntaxRow] = [
        .command("NOTIFY", .notify) { $0.notifyArguments($1) },
        .row(.mailboxFilter, "SELECTED", .filterSelected),
        .row(.mailboxFilter, "SELECTED-DELAYED", .filterSelectedDelayed),
        .row(.mailboxFilter, "INBOXES", .filterInboxes),
        .row(.mailboxFilter, "PERSONAL", .filterPersonal),
        .row(.mailboxFilter, "SUBSCRIBED", .filterSubscribed),
        .row(.mailboxFilter, "SUBTREE", .filterSubtree) { $0.oneOrManyMailboxes($1) },
        .row(.mailboxFilter, "SUBTREE-ONE", .filterSubtreeOne) { $0.oneOrManyMailboxes($1) },
        .row(.mailboxFilter, "MAILBOXES", .filterMailboxes) { $0.oneOrManyMailboxes($1) },
    ]
}

extension SyntaxParser {
    /// `NONE`, or `SET [STATUS] (filter events) ...`
    fileprivate mutating func notifyArguments(_ text: RawSpan) {
        if self.at("NONE", text) { return self.keyword(.notifyNone, text) }
        guard self.at("SET", text) else { return self.misplaced(.notifySet, text) }
        self.keyword(.notifySet, text) { parser, text in
            if parser.at("STATUS", text) { parser.keyword(.notifyStatus, text) }
            if parser.atEnd { parser.unexpected(.eventGroup, text) }
            while parser.token.kind == .listOpen {
                guard let index = parser.openList(.eventGroup, text) else { break }
                parser.mailboxFilter(text)
                parser.events(text)
                parser.closeList(index, text)
            }
        }
    }

    /// `NONE`, or a list of events; of MessageNew what is to be fetched.
    private mutating func events(_ text: RawSpan) {
        if self.at("NONE", text) { return self.keyword(.eventsNone, text) }
        self.list1(.events, text) { parser, text in
            let index = parser.open(.event, at: parser.tokenBegin(text))
            let isNew = parser.at("MESSAGENEW", text)
            parser.atom(.eventName, text)
            if isNew, parser.token.kind == .listOpen { parser.fetchItems(text) }
            parser.close(index)
        }
    }

    mutating func mailboxFilter(_ text: RawSpan) {
        if !self.known(.mailboxFilter, text) { self.unknownKeyword(text, hasValue: false) }
    }

    fileprivate mutating func oneOrManyMailboxes(_ text: RawSpan) {
        if self.token.kind == .listOpen {
            self.list1(.mailboxes, text) { $0.mailbox(.mailbox, $1) }
        } else {
            self.mailbox(.mailbox, text)
        }
    }
}
