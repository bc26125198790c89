import IMAPProtocol
import IMAPWire
import Traffic

/// Follows the mailbox of a session and what the client enabled, and says where either side breaks a promise.
///
/// It sees every complete message once, in the order of the wire. What it keeps is bounded: the view of one mailbox, the
/// next one while SELECT runs, and a few facts about commands in progress.
struct MailboxTracker: Sendable {
    /// What else is going on when a message arrives.
    struct Context {
        var state: SessionState
        /// Commands in progress, oldest first.
        var running: [Exchange]
        /// The exchange whose command is not complete, 0 for none.
        var sending: Int
        /// The mailboxes of SELECT and EXAMINE commands in progress, by exchange.
        var selecting: [Int: String]
        var literalPrefix: Int
    }

    private(set) var enabled: EnabledExtensions = []
    var view: MailboxView?
    /// The mailbox that a SELECT in progress opens, from the first of its data on.
    var opening: MailboxView?
    var memory = MailboxMemory()
    var tokenizer: Tokenizer
    let limit: Int

    /// What ENABLE commands in progress ask for, and whether ENABLED has answered. iCloud sends only the tagged OK.
    private var enabling: [Int: EnabledExtensions] = [:]
    /// Commands in progress whose FETCH responses hold a UID somewhere.
    private var uidRequests: Set<Int> = []
    /// NOTIFY commands in progress, and whether they ask for expunges at once (RFC 5465 section 5.2).
    private var notifying: [Int: Bool] = [:]
    private(set) var pushesExpunges = false
    /// COPY and MOVE commands in progress by sequence numbers.
    var copying: [Int: [ClosedRange<UInt32>]] = [:]
    /// APPEND commands in progress to the mailbox that is open, and how many messages it held.
    var appending: [Int: UInt32] = [:]
    /// More commands were in progress than are followed: nothing is certain about the state any more.
    var isStateUncertain = false
    /// Data without its extension is told once, not with each of a million messages.
    private var toldNotEnabled: Set<String> = []
    var toldForgotten = 0
    /// BYE was told.
    var isLeaving = false
    /// The items of the next FETCH response are looked at beyond its UID: those of one command are all alike.
    var checksItems = true

    init(tokenizer: Tokenizer, limit: Int) {
        self.tokenizer = tokenizer
        self.limit = limit
    }

    // MARK: - Commands

    /// A command that was sent whole; `exchange` is 0 when it is not followed.
    mutating func command(_ message: inout Message, _ head: CommandHead, _ text: RawSpan, _ context: Context) {
        guard message.exchange != 0 else {
            self.isStateUncertain = true
            return
        }
        guard let command = head.command else { return }
        self.checksItems = true
        if !self.enabled.contains(.condstore), CondstoreUse.isEnabled(by: command, text, from: head.arguments) {
            self.enabled.insert(.condstore)
        }
        let isAlone = !context.running.contains { $0.number != message.exchange }
        switch command {
        case .enable:
            self.enabling[message.exchange] = EnabledExtensions(text, from: head.arguments, &self.tokenizer)
            if context.state == .selected, isAlone { self.report(.enableWhileSelected, in: &message) }
        case .notify:
            self.notifying[message.exchange] = self.asksForExpunges(text, from: head.arguments)
        case .fetch, .store, .copy, .move, .search, .sort, .thread, .replace, .convert:
            self.messageCommand(command, &message, head, text, isAlone: isAlone)
        case .append: self.rememberAppend(head, text, message.exchange)
        default: break
        }
        if isAlone, let exists = self.view?.exists { self.view?.peak = exists }
    }

    mutating func report(_ violation: MailboxViolation, in message: inout Message) {
        message.findings.append(.mailbox(violation, at: message.offset))
    }

    /// Remembers that responses to the command hold UIDs.
    mutating func expectUIDs(_ exchange: Int) { self.uidRequests.insert(exchange) }

    var expectsUIDs: Bool { !self.uidRequests.isEmpty }

    /// `SELECTED` without delay allows EXPUNGE at any time: the client has said that it uses UIDs only.
    private mutating func asksForExpunges(_ text: RawSpan, from start: Int) -> Bool {
        self.tokenizer.reset(to: start)
        while let token = self.tokenizer.next(in: text), token.kind != .lineEnd {
            if token.kind == .atom, text.matches(token.range, "SELECTED") { return true }
        }
        return false
    }

    // MARK: - Completions

    /// A command was completed.
    mutating func completed(
        _ exchange: Exchange,
        _ status: Status,
        mailbox: String?,
        _ head: ResponseHead,
        _ text: RawSpan,
        _ message: inout Message
    ) {
        self.uidRequests.remove(exchange.number)
        let code = StatusCode(text, from: head.arguments)
        let isSelecting = exchange.command == .select || exchange.command == .examine
        if let code { self.code(code, text, of: exchange.number, isSelecting: isSelecting, &message) }
        self.copying.removeValue(forKey: exchange.number)
        self.appending.removeValue(forKey: exchange.number)
        switch exchange.command {
        case .enable:
            // Without ENABLED the OK must speak for it.
            if let asked = self.enabling.removeValue(forKey: exchange.number), status == .ok {
                self.enabled.formUnion(asked)
            }
        case .notify:
            if let pushes = self.notifying.removeValue(forKey: exchange.number), status == .ok {
                self.pushesExpunges = pushes
            }
        case .select, .examine:
            self.selected(exchange, status, mailbox: mailbox, isReadOnly: code?.name == .readOnly, &message)
        case .close, .unselect:
            if status == .ok { self.leave() }
        case .unauthenticate:
            if status == .ok { self.unauthenticated() }
        case .create, .delete, .rename:
            if status == .ok { self.memory.forgetAll() }
        default: break
        }
    }

    private mutating func selected(
        _ exchange: Exchange,
        _ status: Status,
        mailbox: String?,
        isReadOnly: Bool,
        _ message: inout Message
    ) {
        let opening = self.opening
        self.opening = nil
        switch status {
        case .ok:
            self.leave()
            var view =
                opening ?? MailboxView(name: mailbox ?? "", isReadOnly: false, limit: self.limit)
            view.isReadOnly = isReadOnly || exchange.command == .examine
            if mailbox != nil, let violation = self.memory.opened(view) { self.report(violation, in: &message) }
            self.view = view
        case .no:
            // No mailbox is open after a failed SELECT (RFC 9051 section 6.3.2). BAD leaves all as it was.
            self.leave()
        default: break
        }
    }

    /// The mailbox is closed.
    mutating func leave() {
        if let view { self.memory.remember(view) }
        self.view = nil
        self.toldForgotten = 0
    }

    /// UNAUTHENTICATE switches everything off (RFC 8437 section 2).
    private mutating func unauthenticated() {
        let isStateUncertain = self.isStateUncertain
        self = MailboxTracker(tokenizer: self.tokenizer, limit: self.limit)
        self.isStateUncertain = isStateUncertain
    }

    // MARK: - ENABLED

    mutating func receivedEnabled(_ text: RawSpan, from start: Int, _ context: Context) {
        self.enabled.formUnion(EnabledExtensions(text, from: start, &self.tokenizer))
        // The list is the answer to the oldest ENABLE: what it leaves out stays off.
        if let exchange = context.running.first(where: { $0.command == .enable })?.number {
            self.enabling[exchange] = []
        }
    }

    /// Data of an extension that is off, told once.
    mutating func requires(
        _ isEnabled: Bool,
        _ data: String,
        _ name: String,
        _ reference: String,
        in message: inout Message
    ) {
        guard !isEnabled, self.toldNotEnabled.insert(data).inserted else { return }
        self.report(.notEnabled(data: data, extension: name, reference: reference), in: &message)
    }

    // MARK: - State

    /// Mailbox data while no mailbox is open (RFC 9051 section 11.3).
    mutating func checkSelected(_ response: Response, _ context: Context, _ message: inout Message) {
        guard context.state == .authenticated, self.view == nil, context.selecting.isEmpty, !self.isStateUncertain,
            context.running.allSatisfy({ $0.command != nil && $0.command != .select && $0.command != .examine })
        else { return }
        self.report(.noMailboxSelected(response), in: &message)
    }
}
