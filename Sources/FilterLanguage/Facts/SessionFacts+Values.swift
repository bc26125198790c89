import IMAPProtocol
import IMAPSession
import SASL
import Traffic

// What the fields read.

extension SessionFacts {
    var time: Timestamp? {
        if let message { return message.time }
        return switch self.event {
        case .began(let description): description.time
        case .authentication(let outcome): outcome.time
        case .stateChanged(_, _, _, let time), .finding(_, let time), .closed(_, _, let time): time
        case .transportChange(let change): change.time
        case .tls(let change): change.time
        case .edit(let edit): edit.time
        case .ended(let summary): summary.ended
        default: nil
        }
    }

    var direction: Direction? {
        if let message { return message.direction }
        return switch self.event {
        case .finding(let finding, _): finding.direction
        case .edit(let edit): edit.direction
        case .closed(let direction, _, _): direction
        default: nil
        }
    }

    var exchange: Exchange? {
        if let message { return message.completes ?? (message.exchange == 0 ? nil : self.exchange(message.exchange)) }
        if case .exchangeEnded(let exchange)? = self.event { return exchange }
        return nil
    }

    var exchangeNumber: Int? {
        if let message, message.exchange != 0 { return message.exchange }
        return self.exchange?.number
    }

    /// The exchange that ends here.
    var completed: Exchange? {
        if let message { return message.completes }
        if case .exchangeEnded(let exchange)? = self.event { return exchange }
        return nil
    }

    var commandMessage: Int? {
        guard let number = self.exchangeNumber else { return nil }
        return self.running.last { $0.number == number }.flatMap { $0.message == 0 ? nil : $0.message }
    }

    func anyLeg(_ test: (TLSFacts) -> Bool) -> Bool {
        self.clientTLS.map(test) ?? false || self.upstreamTLS.map(test) ?? false
    }

    func outcomes(_ test: (AuthenticationOutcome) -> Bool) -> Bool {
        if case .authentication(let outcome)? = self.event { return test(outcome) }
        return self.message?.consequences.contains { consequence in
            if case .authentication(let outcome) = consequence { test(outcome) } else { false }
        } ?? false
    }

    func findings(_ test: (Finding) -> Bool) -> Bool {
        if case .finding(let finding, _)? = self.event { return test(finding) }
        return self.message?.findings.contains(where: test) ?? false
    }

    // MARK: - Octets

    /// A range of the message's text; nil while that is not there.
    func octets(_ range: Range<Int>) -> UnsafeRawBufferPointer? {
        guard let octets, range.upperBound <= octets.count else { return nil }
        return UnsafeRawBufferPointer(rebasing: octets[range])
    }

    /// The text without its line end.
    var whole: UnsafeRawBufferPointer? {
        guard let octets else { return nil }
        return self.octets(0..<ResponseHead.contentEnd(octets.bytes))
    }

    func behindTag(_ direction: Direction, _ test: (FactValue) -> Bool) -> Truth {
        guard let message, message.direction == direction else { return .no }
        guard let octets else { return .unknown }
        let end = ResponseHead.contentEnd(octets.bytes)
        var start = message.tag.isEmpty ? CommandHead.skipPadding(octets.bytes) : message.tag.upperBound
        let isMarked = message.tag.isEmpty && direction == .server && start < end
        if isMarked, octets[start] == UInt8(ascii: "*") || octets[start] == UInt8(ascii: "+") { start += 1 }
        while start < end, octets[start] == 0x20 { start += 1 }
        return Truth(self.octets(min(start, end)..<end).map { test(.octets($0)) } ?? false)
    }

    /// The tag of a message, if `direction` is where it comes from.
    func tag(_ direction: Direction?, _ test: (FactValue) -> Bool) -> Truth {
        guard let message, direction == nil || direction == message.direction,
            message.kind != .untagged, message.kind != .continuation
        else { return .no }
        guard self.knowledge == .text else { return .unknown }
        guard !message.tag.isEmpty, let octets = self.octets(message.tag) else { return .no }
        return Truth(test(.octets(octets)))
    }

    func code(_ test: (FactValue) -> Bool) -> Truth {
        guard let message, message.status != nil else { return .no }
        guard self.knowledge == .text else { return .unknown }
        return self.responseCode.map { Truth(test(.octets($0))) } ?? .no
    }

    /// `UIDNEXT` of `* OK [UIDNEXT 7] ...`.
    var responseCode: UnsafeRawBufferPointer? {
        guard let message, message.status != nil, let octets else { return nil }
        let start = message.arguments
        guard start < octets.count, octets[start] == UInt8(ascii: "[") else { return nil }
        var end = start + 1
        while end < octets.count, octets[end] > 0x20, octets[end] != UInt8(ascii: "]") { end += 1 }
        return self.octets((start + 1)..<end)
    }

    // MARK: - Grammar

    /// The octets of every node of these productions, as they stand on the wire.
    func values(of productions: [Production], _ test: (UnsafeRawBufferPointer) -> Bool) -> Bool {
        self.withSyntax { tree, _ in
            tree.nodes.contains { node in
                productions.contains(node.production) && node.form != .inner && node.form != .nil
                    && self.octets(node.range).map(test) ?? false
            }
        } ?? false
    }

    /// The strings of these productions with encoded words decoded (RFC 2047).
    func decoded(_ productions: [Production], _ test: (String) -> Bool) -> Bool {
        self.withSyntax { tree, text in
            tree.nodes.contains { node in
                guard productions.contains(node.production), !node.isNil, node.form != .inner else { return false }
                return test(HeaderText.decode(text, node.range))
            }
        } ?? false
    }

    func uids(_ test: (FactValue) -> Bool) -> Bool {
        self.withSyntax { tree, text in
            tree.nodes.contains { node in
                switch node.production {
                case .uniqueid: return test(.number(Int64(clamping: node.number)))
                case .uidSet, .knownUids, .sourceUids, .targetUids: break
                case .sequenceSet where self.message?.isUID == true: break
                default: return false
                }
                var found = false
                SequenceSetView(node.range).forEach(text) { member in
                    // `*` is the highest UID in use, which is not known here.
                    let low = member.low ?? member.high ?? .max
                    let high = member.low == nil || member.high == nil ? UInt64.max : member.high ?? low
                    found = test(.span(Int64(clamping: min(low, high)), Int64(clamping: max(low, high))))
                    return !found
                }
                return found
            }
        } ?? false
    }

    func mailboxNames(_ test: (String) -> Bool) -> Bool {
        self.withSyntax { tree, text in
            tree.nodes.contains { node in
                guard node.production == .mailbox || node.production == .listMailbox, !node.isNil,
                    let octets = node.octets(in: text)
                else { return false }
                return test(MailboxName.decoded(octets))
            }
        } ?? false
    }

    /// The names of data items, sections included.
    func fetchItems(_ test: (UnsafeRawBufferPointer) -> Bool) -> Bool {
        self.withSyntax { tree, text in
            var found = false
            for list in tree.nodes.indices {
                switch tree[list].production {
                case .msgAtt, .fetchAttList: break
                // One item alone is no list; before it stands the set.
                case .fetch where tree.child(.fetchAttList, of: list) == nil: break
                default: continue
                }
                for item in tree.children(of: list) where !found && tree[item].production != .sequenceSet {
                    var end = tree[item].range.lowerBound
                    var isInSection = false
                    while end < text.byteCount {
                        let octet = text[end]
                        if octet == UInt8(ascii: "[") { isInSection = true }
                        if octet <= 0x20 && !isInSection || octet == UInt8(ascii: ")") && !isInSection { break }
                        if octet == 0x0D || octet == 0x0A { break }
                        end += 1
                        if octet == UInt8(ascii: "]") { isInSection = false }
                    }
                    found = self.octets(tree[item].range.lowerBound..<end).map(test) ?? false
                }
            }
            return found
        } ?? false
    }

    /// `local@host` of every address structure (RFC 3501 section 7.4.2).
    func envelopeAddresses(_ test: (String) -> Bool) -> Bool {
        self.withSyntax { tree, text in
            tree.nodes.indices.contains { index in
                guard tree[index].production == .address,
                    let local = tree.child(.addrMailbox, of: index).flatMap({ tree[$0].octets(in: text) })
                else { return false }
                let host = tree.child(.addrHost, of: index).flatMap { tree[$0].octets(in: text) } ?? []
                return test(String(decoding: local + [UInt8(ascii: "@")] + host, as: UTF8.self))
            }
        } ?? false
    }

    /// Whom a login is for, before it is answered.
    var claimedUser: String? {
        if let user = self.message?.sasl?.user { return user }
        guard self.message?.command == .login, self.message?.kind == .command else { return nil }
        return self.withSyntax { tree, text in
            tree.node(.userid)?.octets(in: text).map { String(decoding: $0, as: UTF8.self) }
        } ?? nil
    }
}
