import IMAPProtocol
import IMAPSession
import Traffic

/// Finds the parts of a message by the grammar.
///
/// What is not known to be harmless is ``Part/others``: a string in a place that nobody thought of is hidden, not shown.
struct PartFinder {
    /// A part, and whether its octets are a text in which only some words are to be hidden.
    struct Place: Hashable {
        var part: Part
        var range: Range<Int>
        var isProse = false
        /// Header lines, whose names stay.
        var isHeader = false
    }

    private var parser: SyntaxParser

    init(literalPrefix: Int) {
        self.parser = SyntaxParser(literalPrefix: literalPrefix)
    }

    /// The places of all parts, in the order of the text.
    mutating func places(_ message: Message, _ text: RawSpan) -> [Place] {
        let end = ResponseHead.contentEnd(text)
        switch message.kind {
        case .done, .cancel: return []
        // What the peers say to log in is theirs alone; what it means stands in the note.
        case .sasl: return end > 0 ? [Place(part: .others, range: 0..<end)] : []
        case .unparsed: return end > 0 ? [Place(part: .others, range: 0..<end)] : []
        case .continuation where message.sasl != nil:
            return message.arguments < end ? [Place(part: .others, range: message.arguments..<end)] : []
        case .command where message.command == nil:
            var start = max(message.name.upperBound, message.tag.upperBound)
            while start < end, text[start] == 0x20 { start += 1 }
            return start < end ? [Place(part: .others, range: start..<end)] : []
        case .untagged where message.response == nil:
            return message.arguments < end ? [Place(part: .others, range: message.arguments..<end)] : []
        case .command, .greeting, .untagged, .tagged, .continuation: break
        }
        let isTruncated = message.truncated || !message.complete || message.literalRefused
        let sentence: Sentence = message.kind == .command ? .command : .response
        self.parser.parse(text, as: sentence, context: SyntaxContext(isTruncated: isTruncated))
        return self.places(text)
    }

    private func places(_ text: RawSpan) -> [Place] {
        let tree = self.parser.tree
        var found: [Place] = []
        /// The parts of the nodes that are open, innermost last.
        var open: [(part: Part?, isHeader: Bool, end: Int)] = []
        for (index, node) in tree.nodes.enumerated() {
            while let last = open.last, last.end <= index { open.removeLast() }
            let outer = open.last
            var part = Self.part(of: node.production) ?? outer?.part
            var isHeader = outer?.isHeader ?? false
            if node.production == .idValue, Self.isHarmless(identification: index, tree, text) { part = .hosts }
            if Self.isSection(node.production) { isHeader = Self.isHeader(section: index, tree, text) }
            if node.end > index + 1 { open.append((part, isHeader, node.end)) }
            guard node.form != .inner, node.form != .nil, !node.range.isEmpty else { continue }
            if let place = self.place(node, part, isHeader: isHeader, text) { found.append(place) }
        }
        return found
    }

    private func place(_ node: SyntaxNode, _ part: Part?, isHeader: Bool, _ text: RawSpan) -> Place? {
        let isString = node.form == .quoted || node.form == .literal || node.form == .literal8
        if Self.harmless.contains(node.production) { return nil }
        switch part {
        case .hosts?: return Place(part: .hosts, range: node.range, isProse: true)
        case .bodies? where isHeader: return Place(part: .headers, range: node.range, isHeader: true)
        case .mailboxes?:
            return text.matches(node.range, "INBOX") ? nil : Place(part: .mailboxes, range: node.range)
        case .keywords?:
            return Self.isRegistered(keyword: node.range, text) ? nil : Place(part: .keywords, range: node.range)
        case let part?: return Place(part: part, range: node.range)
        // Numbers, flags and words of the protocol are atoms; a string that nothing is known of may be anything.
        case nil:
            return isString || Self.opaque.contains(node.production) ? Place(part: .others, range: node.range) : nil
        }
    }

    // MARK: - Productions

    private static func part(of production: Production) -> Part? {
        switch production {
        case .userid, .identifier: .users
        case .mailbox, .listMailbox, .reference, .namespacePrefix, .quotaRootName: .mailboxes
        case .addrName, .addrMailbox, .addrHost, .addrAdl, .searchFrom, .searchTo, .searchCc, .searchBcc: .addresses
        case .envSubject, .searchSubject: .subjects
        case .envMessageId, .envInReplyTo, .paramValue, .bodyFldId, .bodyFldDesc, .bodyFldLoc, .bodyFldMd5,
            .dspParam, .bodyFldParam, .cid, .basecid, .searchHeader:
            .headers
        case .flagKeyword, .searchKeyword, .searchUnkeyword, .xGmLabels, .xGmLabel: .keywords
        case .bodySection, .binary, .rfc822, .rfc822Header, .rfc822Text, .preview, .snippet, .appendData, .catText:
            .bodies
        case .searchBody, .searchText, .searchXGmRaw, .searchFuzzy, .searchMimepart: .searches
        case .text: .hosts
        case .annotation, .annotationData, .attValue, .entryValue, .url, .urlFull, .catUrl, .jmapUrl, .pushValue,
            .unknownCommand, .unknownResponse, .unknownKeyword, .raw, .codeReferral, .codeBadurl,
            .codeNewname, .unparsedResponse, .bodyExtension, .codeUnknown:
            .others
        // Between servers of one site, and trials: nobody but them knows what stands in them.
        case .experimentalCommand, .dump, .undump, .xfer, .scan, .syncapply, .syncget, .syncrestart, .syncrestore,
            .xbackup, .xrename, .xmeid, .xstats, .localappend, .localcreate, .localdelete, .mupdatepush, .reconstruct,
            .mailboxDump, .dumpFile, .fileName, .fileData, .serverName, .partition, .clientId, .dlistEntry, .dlistValue,
            .dlistValues, .dlistNamedValues, .scanText, .snippetSource, .snippetSources, .conversationId:
            .others
        default: nil
        }
    }

    /// What stands below a part and is a word of the protocol.
    private static let harmless: Set<Production> = [
        .sectionPart, .sectionText, .headerFldName, .partialOrigin, .partialLength, .paramName, .entry, .attrib, .idKey,
        .hierarchyDelimiter, .mediaType, .mediaSubtype, .bodyFldEnc, .bodyFldOctets, .bodyFldLines, .dspType,
        .bodyFldLang, .envDate, .dateTime, .internaldate, .date, .savedate, .previewAlgorithm, .eitemTag, .charset,
        .charsetArgument, .algorithm, .pushName, .languageTag, .langRange, .compOrder, .tagString, .tag,
        .namespaceExtension, .rights, .modRights, .requiredRights, .codeName, .sequenceSet, .uidSet, .uniqueid, .number,
        .nzNumber, .number64, .mechanism, .authType, .capability, .authCapability, .initialResp, .password,
        .bodyFldMd5,
    ]

    /// Atoms that may be anything.
    private static let opaque: Set<Production> = [.raw, .value, .unknownKeyword]

    private static func isSection(_ production: Production) -> Bool {
        production == .bodySection || production == .rfc822Header || production == .binary || production == .rfc822
            || production == .rfc822Text
    }

    /// Whether a section holds header fields and nothing else.
    private static func isHeader(section index: Int, _ tree: SyntaxTree, _ text: RawSpan) -> Bool {
        if tree[index].production == .rfc822Header { return true }
        guard let word = tree.first(.sectionText, in: index) else { return false }
        let range = tree[word].range
        return range.count >= 6 && text.matches(range.lowerBound..<(range.lowerBound + 6), "HEADER")
            || text.matches(range, "MIME")
    }

    /// Who made the software and which version it is helps whoever reads the transcript, and names nobody.
    private static func isHarmless(identification index: Int, _ tree: SyntaxTree, _ text: RawSpan) -> Bool {
        guard index > 0, tree[index - 1].production == .idKey else { return false }
        let key = tree[index - 1]
        return [
            "name", "version", "os", "os-version", "vendor", "support-url", "date", "command", "arguments",
            "environment",
        ]
        .contains(text.uppercased(key.range).lowercased()) && !text.matches(key.range, "ARGUMENTS")
    }

    /// Keywords of the IANA registry and of well-known clients say nothing about who uses them.
    private static func isRegistered(keyword range: Range<Int>, _ text: RawSpan) -> Bool {
        registeredKeywords.contains(text.uppercased(range))
    }

    private static let registeredKeywords: Set<String> = [
        "$FORWARDED", "$MDNSENT", "$SUBMITPENDING", "$SUBMITTED", "$JUNK", "$NOTJUNK", "$PHISHING", "$IMPORTANT",
        "$LABEL1", "$LABEL2", "$LABEL3", "$LABEL4", "$LABEL5", "$MUTED", "$FOLLOWED", "$MEMO", "$HASMEMO",
        "$HASATTACHMENT", "$HASNOATTACHMENT", "$AUTOSENT", "$UNSUBSCRIBED", "$CANUNSUBSCRIBE", "$IMPORTED",
        "$ISTRUSTED",
        "$MASKEDEMAIL", "$NEW", "$NOTIFY", "JUNK", "NONJUNK", "NOTJUNK", "FORWARDED", "MDNSENT", "UNKNOWN-0",
        "RECEIPTCHECKED", "\\IMPORTANT", "\\SENT", "\\STARRED", "\\INBOX", "\\DRAFT", "\\TRASH", "\\SPAM",
    ]
}
