import IMAPWire
import Traffic

/// Response codes (RFC 3501 section 7.1, RFC 5530 and those of the extensions).
extension Annotator {
    /// What the code at `start` says, behind ` · ` when something stands before it.
    mutating func code(_ text: RawSpan, from start: Int, separated: Bool) {
        guard let code = ResponseCode(text, from: start), !code.name.isEmpty else { return }
        if separated { self.prose.add(" · ") }
        guard let row = Registry.row(.code, text, code.name) else {
            self.unknown("code ", text, code.name)
            self.rawArguments(code, text)
            return
        }
        let arguments = text.extracting(0..<code.end)
        self.tokenizer.reset(to: code.arguments)
        let mark = self.prose.count
        if row.name == "ALERT" {
            self.prose.add("alert for the user: “")
            self.bare(text, code.text..<ResponseCode.lineEnd(text, from: code.text))
            self.prose.add("”")
        } else if !self.codeArguments(row.name, arguments) {
            self.prose.rewind(to: mark)
            self.prose.add(row)
        }
    }

    /// Writes a sentence made of the arguments; false when they are not what they should be.
    private mutating func codeArguments(_ name: String, _ text: RawSpan) -> Bool {
        switch name {
        case "CAPABILITY":
            self.prose.add("server offers ")
            self.capabilities(text)
        case "PERMANENTFLAGS": return self.permanentFlags(text)
        case "UIDNEXT": return self.numbered("the next message gets UID ", text, " or higher")
        case "UIDVALIDITY": return self.numbered("UIDs are valid while UIDVALIDITY is ", text, "")
        case "UNSEEN": return self.numbered("the first unread message is ", text, "")
        case "HIGHESTMODSEQ": return self.numbered("highest mod-sequence ", text, "")
        case "APPENDUID": return self.appendUID(text)
        case "COPYUID": return self.copyUID(text)
        case "MODIFIED": return self.sets("changed meanwhile and not updated: ", text)
        case "DOWNGRADED": return self.sets("shown in a simplified form without UTF-8: ", text)
        case "BADCHARSET": return self.namedList("charset not supported; supported are ", text)
        case "BADEVENT": return self.badEvents(text)
        case "MAILBOXID": return self.namedList("permanent identifier of the mailbox: ", text)
        case "REFERRAL": return self.referral(text)
        case "BADURL": return self.badURL(text)
        case "WEBALERT": return self.webAlert(text)
        case "URLMECH": return self.urlMechanisms(text)
        case "OBJECTID": return self.identifiers(text)
        case "ANNOTATIONS": return self.annotationLimits(text)
        case "TEMPFAIL": return self.failedParts(text)
        case "UNDEFINED-FILTER": return self.named("there is no search named ", text)
        case "NOUPDATE": return self.named("no live updates for the search with tag ", text)
        case "NEWNAME": return self.newName(text)
        case "MAXCONVERTMESSAGES": return self.numbered("messages in one conversion: at most ", text, "")
        case "MAXCONVERTPARTS": return self.numbered("parts in one conversion: at most ", text, "")
        case "INPROGRESS": return self.progress(text)
        case "MESSAGELIMIT": return self.messageLimit(text)
        case "METADATA": return self.metadataLimit(text)
        case "ANNOTATE": return self.annotateLimit(text)
        default: return false
        }
        return true
    }

    mutating func numbered(_ before: StaticString, _ text: RawSpan, _ after: StaticString) -> Bool {
        guard let number = self.number(text) else { return false }
        self.prose.add(before)
        self.prose.identifier(number)
        self.prose.add(after)
        return true
    }

    mutating func named(_ before: StaticString, _ text: RawSpan) -> Bool {
        guard let token = self.string(text) else { return false }
        self.prose.add(before)
        self.quoted(token, text)
        return true
    }

    mutating func namedList(_ before: StaticString, _ text: RawSpan) -> Bool {
        guard self.take(.listOpen, text) else { return false }
        self.prose.add(before)
        return self.words(text)
    }

    mutating func sets(_ before: StaticString, _ text: RawSpan) -> Bool {
        guard let set = self.string(text) else { return false }
        self.prose.add(before)
        self.members(text, set.range)
        return true
    }

    private mutating func permanentFlags(_ text: RawSpan) -> Bool {
        guard self.take(.listOpen, text) else { return false }
        let start = self.tokenizer.position
        var makesKeywords = false
        while let flag = self.next(text), flag.kind != .listClose {
            if text.matches(flag.range, "\\*") { makesKeywords = true }
        }
        self.tokenizer.reset(to: start)
        self.prose.add("can be saved: ")
        self.flags(text)
        if makesKeywords { self.prose.add("; new keywords may be made") }
        return true
    }

    /// RFC 4315 section 3: uidvalidity and the UIDs of what was uploaded.
    private mutating func appendUID(_ text: RawSpan) -> Bool {
        guard let validity = self.number(text), let set = self.string(text) else { return false }
        self.prose.add(text.number(set.range) == nil ? "the new messages have " : "the new message has ")
        self.uids(set, text)
        self.validity(validity)
        return true
    }

    /// RFC 4315 section 3: uidvalidity, source UIDs, target UIDs.
    private mutating func copyUID(_ text: RawSpan) -> Bool {
        guard let validity = self.number(text), let source = self.string(text), let target = self.string(text) else {
            return false
        }
        self.uids(source, text)
        self.prose.add(" became ")
        self.uids(target, text)
        self.prose.add(" in the target")
        self.validity(validity)
        return true
    }

    private mutating func validity(_ validity: UInt64) {
        self.prose.add(" (UIDVALIDITY ")
        self.prose.identifier(validity)
        self.prose.add(")")
    }
}
