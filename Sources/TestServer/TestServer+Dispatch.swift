import IMAPProtocol
import IMAPWire

extension TestServer {
    /// A complete command line.
    mutating func command(_ text: [UInt8], _ message: MessageFrame) {
        var tokenizer = Tokenizer(literalPrefix: self.framer.limits.literalPrefix)
        guard let line = CommandHead(text.span.bytes, tokenizer: &tokenizer) else {
            self.finish(Reply(.bad("Missing tag")), tag: "*")
            return
        }
        let tag = text.span.bytes.latin1(line.tag)
        let name = text.span.bytes.uppercased(line.name)
        self.effects = self.script.begin(name)
        guard tag.utf8.allSatisfy({ $0 < 0x7F && !Array("+%*\\".utf8).contains($0) }) else {
            self.finish(Reply(.bad("Invalid tag")), tag: "*")
            return
        }
        for case .answer(let status, let code, let text) in self.effects {
            self.finish(Reply(CommandProblem(status: status, code: code, text: text)), tag: tag)
            return
        }
        do throws(CommandProblem) {
            let limit = self.configuration.limits.literal
            if message.truncated || message.literals.contains(where: { $0.size > UInt64(limit) }) {
                throw line.command == .append ? .no("Message too large", code: "TOOBIG") : .bad("Command too long")
            }
            guard let command = line.command, self.offers(command, isUID: line.isUID) else {
                throw .bad("Unknown command")
            }
            if let problem = self.problem(withState: command) { throw problem }
            let reader = ArgumentReader(text, position: line.arguments, literalPrefix: limit)
            guard let reply = try self.perform(command, isUID: line.isUID, reader, tag: tag) else { return }
            // Numbers must hold while answers to these may be under way (RFC 3501 section 7.4.1).
            let keepsNumbers = [.fetch, .store, .search].contains(command) && !line.isUID
            self.finish(reply, tag: tag, allowsExpunge: !keepsNumbers)
        } catch {
            self.finish(Reply(error), tag: tag, allowsExpunge: false)
        }
    }

    /// Whether the command is one of ours and its extension is offered.
    private func offers(_ command: Command, isUID: Bool) -> Bool {
        if isUID {
            switch command {
            case .fetch, .store, .search, .copy: return true
            case .move: return self.configuration.offers("MOVE")
            case .expunge: return self.configuration.offers("UIDPLUS")
            default: return false
            }
        }
        switch command {
        case .id, .enable, .idle, .namespace, .unselect, .move: return self.configuration.offers(command.rawValue)
        default: return true
        }
    }

    /// Whether the command is allowed now (RFC 3501 section 3).
    func problem(withState command: Command) -> CommandProblem? {
        switch command {
        case .capability, .noop, .logout, .id: return nil
        case .login, .authenticate, .starttls:
            return self.user == nil ? nil : .bad("Already logged in")
        case .check, .close, .unselect, .expunge, .search, .fetch, .store, .copy, .move:
            if self.user == nil { return .bad("Log in first") }
            return self.selected == nil ? .bad("No mailbox is selected") : nil
        default:
            return self.user == nil ? .bad("Log in first") : nil
        }
    }

    /// Carries the command out; nil when it goes on with further lines.
    private mutating func perform(
        _ command: Command,
        isUID: Bool,
        _ arguments: ArgumentReader,
        tag: String
    ) throws(CommandProblem) -> Reply? {
        var reader = arguments
        switch command {
        case .capability: return try self.capability(&reader)
        case .noop, .check: return try self.nothing(&reader, command)
        case .logout: return try self.logout(&reader)
        case .id: return try self.id(&reader)
        case .enable: return try self.enable(&reader)
        case .starttls: throw .bad("STARTTLS is not offered")
        case .login: return try self.login(&reader)
        case .authenticate: return try self.authenticate(&reader, tag: tag)
        case .idle: return try self.idle(&reader, tag: tag)
        case .select, .examine: return try self.select(&reader, isReadOnly: command == .examine)
        case .close, .unselect: return try self.close(&reader, expunges: command == .close)
        case .create: return try self.create(&reader)
        case .delete: return try self.delete(&reader)
        case .rename: return try self.rename(&reader)
        case .subscribe, .unsubscribe: return try self.subscribe(&reader, isWanted: command == .subscribe)
        case .list: return try self.list(&reader)
        case .lsub: return try self.lsub(&reader)
        case .namespace: return try self.namespace(&reader)
        case .status: return try self.status(&reader)
        case .append: return try self.append(&reader)
        case .expunge: return try self.expunge(&reader, isUID: isUID)
        case .search: return try self.search(&reader, isUID: isUID)
        case .fetch: return try self.fetch(&reader, isUID: isUID)
        case .store: return try self.store(&reader, isUID: isUID)
        case .copy: return try self.copy(&reader, isUID: isUID, moves: false)
        case .move: return try self.copy(&reader, isUID: isUID, moves: true)
        default: throw .bad("Unknown command")
        }
    }

    /// Calls `body` with the selected mailbox and this connection's view of it.
    mutating func withSelected<Result: Sendable>(
        _ body: (inout SelectedMailbox, inout Mailbox) throws(CommandProblem) -> Result
    ) throws(CommandProblem) -> Result {
        guard let user = self.user, var selected = self.selected else { throw .bad("No mailbox is selected") }
        let result = self.store.withAccount(user) { account -> Swift.Result<Result, CommandProblem> in
            guard var mailbox = account.mailboxes[selected.name], mailbox.uidValidity == selected.uidValidity else {
                return .failure(.no("The mailbox was deleted", code: "NONEXISTENT"))
            }
            do throws(CommandProblem) {
                let result = try body(&selected, &mailbox)
                account.mailboxes[selected.name] = mailbox
                return .success(result)
            } catch {
                return .failure(error)
            }
        }
        self.selected = selected
        return try result.get()
    }

    /// The same for the whole account.
    func withAccount<Result: Sendable>(
        _ body: (inout Account) throws(CommandProblem) -> Result
    ) throws(CommandProblem) -> Result {
        guard let user = self.user else { throw .bad("Log in first") }
        let result = self.store.withAccount(user) { account -> Swift.Result<Result, CommandProblem> in
            do throws(CommandProblem) { return .success(try body(&account)) } catch { return .failure(error) }
        }
        return try result.get()
    }
}
