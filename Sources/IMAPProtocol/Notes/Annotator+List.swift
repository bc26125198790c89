import IMAPWire
import Traffic

/// LIST and its kin (RFC 3501 sections 6.3.8 and 6.3.9, RFC 5258, RFC 6154).
extension Annotator {
    private struct Selection: OptionSet {
        var rawValue: UInt8
        static let subscribed = Selection(rawValue: 1)
        static let remote = Selection(rawValue: 2)
        static let recursive = Selection(rawValue: 4)
        static let specialUse = Selection(rawValue: 8)
    }

    mutating func list(_ command: Command, _ text: RawSpan) {
        var selection: Selection = []
        if command == .lsub || command == .rlsub { selection.insert(.subscribed) }
        if command == .rlist || command == .rlsub { selection.insert(.remote) }
        if self.take(.listOpen, text) { self.selectionOptions(text, &selection) }
        let reference = self.string(text)
        if self.take(.listOpen, text) {
            self.patterns(text, selection)
        } else if let pattern = self.string(text) {
            self.pattern(pattern, text, selection)
        } else {
            self.prose.add("lists mailboxes; the pattern is missing")
        }
        if let reference, reference.length > 0 {
            self.prose.add(", under ")
            self.mailbox(reference, text)
        }
        if selection.contains(.recursive) { self.prose.add(", and what they are in") }
        if selection.contains(.remote) { self.prose.add(", also on other servers") }
        if command == .xlist { self.prose.add(", with their special uses") }
        if self.take("RETURN", text), self.take(.listOpen, text) { self.returnOptions(text) }
    }

    private mutating func selectionOptions(_ text: RawSpan, _ selection: inout Selection) {
        while let option = self.next(text), option.kind != .listClose {
            if text.matches(option.range, "SUBSCRIBED") { selection.insert(.subscribed) }
            if text.matches(option.range, "REMOTE") { selection.insert(.remote) }
            if text.matches(option.range, "RECURSIVEMATCH") { selection.insert(.recursive) }
            if text.matches(option.range, "SPECIAL-USE") { selection.insert(.specialUse) }
            if option.kind == .listOpen { self.skipList(text) }
        }
    }

    private mutating func mailboxes(_ selection: Selection) {
        if selection.contains(.subscribed) { self.prose.add("subscribed ") }
        self.prose.add("mailboxes")
        if selection.contains(.specialUse) { self.prose.add(" with a special use") }
    }

    private mutating func patterns(_ text: RawSpan, _ selection: Selection) {
        self.prose.add("lists ")
        self.mailboxes(selection)
        self.prose.add(" that match ")
        var enumeration = Enumeration(count: self.countValues(text))
        while enumeration.advance(&self.prose), let token = self.string(text) { self.mailbox(token, text) }
        self.skipList(text)
    }

    /// One pattern, in words where it has a common form.
    private mutating func pattern(_ token: Token, _ text: RawSpan, _ selection: Selection) {
        let range = token.range
        if range.isEmpty {
            self.prose.add("asks for the hierarchy separator")
            return
        }
        var wildcards = 0
        for index in range where text[index] == UInt8(ascii: "*") || text[index] == UInt8(ascii: "%") { wildcards += 1 }
        let last = text[range.upperBound - 1]
        self.prose.add("lists ")
        if wildcards == 0 {
            self.prose.add(selection.contains(.subscribed) ? "subscribed mailbox " : "mailbox ")
            self.mailbox(token, text)
        } else if range.count == 1 {
            self.prose.add(last == UInt8(ascii: "*") ? "all " : "top-level ")
            self.mailboxes(selection)
        } else if wildcards == 1, last == UInt8(ascii: "*") || last == UInt8(ascii: "%") {
            self.mailboxes(selection)
            self.prose.add(last == UInt8(ascii: "*") ? " whose name begins with " : " one level deep that begin with ")
            var prefix = token
            prefix.length -= 1
            self.mailbox(prefix, text)
        } else {
            self.mailboxes(selection)
            self.prose.add(" that match ")
            self.mailbox(token, text)
        }
    }

    private mutating func returnOptions(_ text: RawSpan) {
        let count = self.countReturnOptions(text)
        if count == 0 { return }
        self.prose.add("; asks also for ")
        var enumeration = Enumeration(count: count)
        while enumeration.advance(&self.prose), let option = self.next(text), option.kind == .atom {
            self.returnOption(listing: option, text)
        }
    }

    /// RFC 5258 section 3.2, RFC 5819, RFC 6154, RFC 8440, RFC 9590.
    private mutating func returnOption(listing option: Token, _ text: RawSpan) {
        if text.matches(option.range, "SUBSCRIBED") {
            self.prose.add("subscriptions")
        } else if text.matches(option.range, "CHILDREN") {
            self.prose.add("children")
        } else if text.matches(option.range, "SPECIAL-USE") {
            self.prose.add("special uses")
        } else if text.matches(option.range, "MYRIGHTS") {
            self.prose.add("the user's rights")
        } else if text.matches(option.range, "STATUS") {
            self.statusItems(text)
        } else if text.matches(option.range, "METADATA"), self.take(.listOpen, text) {
            self.prose.add("annotations ")
            if !self.words(text) { self.prose.add("that are not named") }
            self.skipList(text)
        } else {
            self.unknown("option ", text, option.range)
        }
        if self.take(.listOpen, text) { self.skipList(text) }
    }

    /// Options with their parenthesised arguments counted as one.
    private mutating func countReturnOptions(_ text: RawSpan) -> Int {
        let position = self.tokenizer.position
        defer { self.tokenizer.reset(to: position) }
        var count = 0
        while let token = self.next(text), token.kind != .listClose {
            if token.kind == .listOpen { self.skipList(text) } else { count += 1 }
        }
        return count
    }
}
