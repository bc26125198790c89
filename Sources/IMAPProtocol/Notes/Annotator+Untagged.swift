import IMAPWire
import Traffic

/// Untagged responses (RFC 3501 sections 7.2 to 7.4 and extensions).
extension Annotator {
    mutating func untagged(_ line: ResponseLine, _ text: RawSpan, isUID: Bool) {
        guard let response = line.response else {
            if line.name.isEmpty { return }
            self.prose.add("unknown response ")
            self.bare(text, line.name)
            return
        }
        if let status = response.status {
            self.untaggedStatus(status, text, from: line.arguments)
            return
        }
        switch response {
        case .fetch, .uidfetch: self.fetchResponse(line, text)
        case .exists: self.count(line.number, "the mailbox holds ", "message", "messages")
        case .recent: self.count(line.number, "", "message is new to this session", "messages are new to this session")
        case .expunge: self.gone(line.number)
        case .vanished: self.vanished(text)
        case .capability: self.capabilities(text)
        case .enabled: self.enabled(text)
        case .id: self.serverName(text)
        case .flags:
            self.prose.add("in use here: ")
            if self.take(.listOpen, text) { self.flags(text) } else { self.prose.add("no flags") }
        case .list, .lsub, .xlist: self.listResponse(response, text)
        case .status: self.statusResponse(text)
        case .search, .sort: self.searchResponse(response, text, isUID: isUID)
        case .esearch: self.extendedSearchResponse(text)
        case .thread: self.threadResponse(text, isUID: isUID)
        case .namespace: self.namespace(text)
        case .acl, .listrights, .myrights: self.accessResponse(response, text)
        case .quota, .quotaroot: self.quotaResponse(response, text)
        case .metadata: self.metadataResponse(text)
        case .language, .comparator: self.preference(response, text)
        default:
            if let row = Registry.row(.response, response.rawValue) { self.prose.add(row) }
        }
    }

    private mutating func count(
        _ number: UInt64?,
        _ before: StaticString,
        _ one: StaticString,
        _ many: StaticString
    ) {
        guard let number else { return }
        self.prose.add(before)
        self.prose.counted(number, one, many)
    }

    private mutating func gone(_ number: UInt64?) {
        guard let number else { return }
        self.prose.add("message ")
        self.prose.identifier(number)
        self.knownUID(number)
        self.prose.add(" is gone; later ones move down by one")
    }

    /// RFC 7162 section 3.2.10.
    private mutating func vanished(_ text: RawSpan) {
        var isEarlier = false
        if self.take(.listOpen, text) {
            isEarlier = self.take("EARLIER", text)
            self.skipList(text)
        }
        guard let set = self.string(text) else { return }
        let plural = self.messages(text, set.range, isUID: true)
        self.prose.add(plural ? " are gone" : " is gone")
        if isEarlier { self.prose.add(" since the client last looked") }
    }

    private mutating func enabled(_ text: RawSpan) {
        self.prose.add("now on: ")
        if !self.words(text) { self.prose.add("nothing new") }
    }

    private mutating func serverName(_ text: RawSpan) {
        guard self.take(.listOpen, text) else {
            self.prose.add("the server does not say what it is")
            return
        }
        self.prose.add("the server says it is ")
        if !self.softwareName(text) { self.prose.add("a server without a name") }
    }

    private mutating func preference(_ response: Response, _ text: RawSpan) {
        guard let row = Registry.row(.response, response.rawValue) else { return }
        self.prose.add(row)
        self.prose.add(": ")
        _ = self.take(.listOpen, text)
        if !self.words(text) { self.prose.add("none") }
    }
}
