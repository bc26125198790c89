import IMAPWire
import Traffic

/// Untagged responses (RFC 3501 sections 7.2 to 7.4 and extensions).
extension Annotator {
    mutating func untagged(_ line: ResponseHead, _ text: RawSpan, isUID: Bool) {
        guard let response = line.response else {
            if line.name.isEmpty { return }
            self.unknown("response ", text, line.name)
            if let number = line.number {
                self.prose.add(" about ")
                self.prose.identifier(number)
            }
            self.shapes(text)
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
        case .id: self.serverIdentification(text)
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
        case .annotation: self.annotationResponse(text)
        case .language: self.language(text)
        case .comparator: self.comparator(text)
        case .conversion: self.conversion(text)
        case .converted: self.converted(line, text)
        case .genurlauth: self.signedURLs(text)
        case .urlfetch: self.fetchedURLs(text)
        case .jmapaccess: self.jmapAccess(text)
        case .uidbatches: self.uidBatchesResponse(text)
        case .xapplepushservice: self.pushRegistered(text)
        case .noop, .ok, .no, .bad, .bye, .preauth:
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
        if !self.enabling(text) { self.prose.add("nothing new") }
    }

    /// RFC 5255 section 3.3: one tag is the language chosen, several are those to choose from.
    private mutating func language(_ text: RawSpan) {
        _ = self.take(.listOpen, text)
        let count = self.countValues(text)
        self.prose.add(count == 1 ? "the server's texts are now in " : "the server's texts can be in ")
        if !self.words(text) { self.prose.add("no language") }
    }

    /// RFC 5255 section 4.8: the active collation, and those that matched.
    private mutating func comparator(_ text: RawSpan) {
        guard let active = self.string(text) else { return }
        self.prose.add("texts are compared and sorted by ")
        self.bare(text, active.range, unescape: true)
        guard self.take(.listOpen, text), self.peek(text)?.kind != .listClose else { return }
        self.prose.add("; possible are ")
        _ = self.words(text)
    }

    /// RFC 9698 section 4.
    private mutating func jmapAccess(_ text: RawSpan) {
        guard let url = self.string(text) else { return }
        self.prose.add("the same mail can be had by JMAP at ")
        self.foreignURL(url, text)
    }

    /// RFC 10022 section 3: `(TAG "t") 163886:99703,99696:20358`, nothing behind the tag when there are none.
    private mutating func uidBatchesResponse(_ text: RawSpan) {
        self.skipValue(text)
        guard let set = self.string(text), let tally = SequenceSet.tally(text, set.range) else {
            self.prose.add("no batches")
            return
        }
        self.prose.counted(UInt64(tally.members), "batch: ", "batches: ")
        self.uids(set, text)
    }
}
