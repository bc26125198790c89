import IMAPProtocol
import IMAPWire
import Traffic

// MARK: - Quirks of completions

extension Session {
    /// What a completion shows beside the command and its data.
    mutating func completionQuirks(_ exchange: Exchange, _ status: Status, at offset: UInt64) -> [Finding] {
        self.quirks.remember(completed: exchange.tag)
        let expectation = self.quirks.end(exchange.number)
        guard self.options.recognisesQuirks else { return [] }
        var findings: [Finding] = []
        func note(_ quirk: Quirk, _ detail: String = "") {
            findings.append(.quirk(quirk, .server, at: offset, detail: detail))
        }
        if let first = self.running.first, first.number < exchange.number, first.command != .idle {
            note(.outOfOrder)
        }
        switch (exchange.command, status) {
        case (.enable, .ok): if expectation?.gotEnabled == false { note(.enableWithoutEnabled) }
        case (.fetch, .ok):
            if let expectation, expectation.gotData, !expectation.gotText { note(.fetchItemMissing) }
        case (_, .bad):
            if let capability = self.offered(exchange) { note(.advertisedRefused, capability) }
        default: break
        }
        return findings
    }

    /// The capability that promises the command of `exchange`, when the server offers it.
    private func offered(_ exchange: Exchange) -> String? {
        let word: String
        switch exchange.command {
        case .namespace: word = "NAMESPACE"
        case .id: word = "ID"
        case .idle: word = "IDLE"
        case .enable: word = "ENABLE"
        case .move: word = "MOVE"
        case .unselect: word = "UNSELECT"
        case .compress: word = "COMPRESS=DEFLATE"
        case .getquota, .getquotaroot: word = "QUOTA"
        case .getacl, .myrights, .setacl: word = "ACL"
        case .getmetadata, .setmetadata: word = "METADATA"
        case .notify: word = "NOTIFY"
        case .xlist: word = "XLIST"
        case .lsub, .list, .search, .fetch, .store: word = "IMAP4REV1"
        default: return nil
        }
        return self.capabilities.contains(word) ? word : nil
    }

    /// A completion that no command waits for: the second one of a command that was completed before?
    func strayCompletionQuirks(_ tag: String, at offset: UInt64) -> [Finding] {
        guard self.options.recognisesQuirks, self.quirks.completed.contains(tag) else { return [] }
        return [.quirk(.secondCompletion, .server, at: offset)]
    }
}
