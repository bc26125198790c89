import IMAPProtocol
import IMAPSession
import Traffic

// MARK: - Capability lists

extension EditStage {
    func serverMessage(_ message: Message, _ text: RawSpan, _ range: Range<UInt64>, editsLists: Bool) {
        if message.kind == .continuation, self.flows.client.awaitedExchange != 0 {
            return self.continuationArrived(message, text, range)
        }
        if let planned = self.plan(message, text, range) {
            return self.apply(planned, editsLists: editsLists)
        }
        // Only a message whose text is all of it can be edited octet-exactly.
        guard editsLists, message.length == UInt64(text.byteCount),
            message.kind == .greeting || message.status != nil || message.response == .capability
        else { return }
        let original = text.withUnsafeBytes { Array($0) }
        guard let octets = self.editList(message, original, original, range, editsLists: true) else { return }
        self.flows.server.append([FlowStep(range, .replace(octets))])
    }

    /// What the legs make of a message that may hold a list; nil: nothing.
    ///
    /// - Parameters:
    ///   - original: the message as the server sent it.
    ///   - octets: what the rules made of it.
    func editList(
        _ message: Message,
        _ original: [UInt8],
        _ start: [UInt8],
        _ range: Range<UInt64>,
        editsLists: Bool
    ) -> [UInt8]? {
        if message.kind == .greeting, message.response == .preauth, self.rules.guardsCredentials {
            self.refusal = .preauthBeforeClientTLS
            return nil
        }
        // Of a greeting from before TLS nothing counts but its text.
        let hidesLoginDisabled = self.securedGreeting == nil && Self.hidesLoginDisabled(original, start)
        var octets = start
        var changes: [Edit] = []
        func change(_ cause: String, to result: [UInt8]) {
            changes.append(
                Edit(
                    direction: .server,
                    offset: range.lowerBound,
                    cause: cause,
                    before: Self.line(octets),
                    after: Self.line(result),
                    time: message.time
                )
            )
            octets = result
        }
        if message.kind == .greeting, let secured = self.securedGreeting {
            self.securedGreeting = nil
            if let result = secured.apply(to: octets) {
                change("STARTTLS on the upstream leg", to: result)
            }
        }
        if var list = CapabilityLine.list(in: octets.span.bytes) {
            var edits = editsLists ? self.options.capabilityEdits + self.rules.edits : []
            if hidesLoginDisabled {
                let cause = "LOGINDISABLED is never taken out"
                edits.append(CapabilityEdit(cause: cause, removing: [], adds: ["LOGINDISABLED"]))
            }
            for edit in edits {
                guard let result = edit.apply(to: octets, list: list) else { continue }
                change(edit.cause, to: result.text)
                list = result.list
            }
            if editsLists {
                self.explain(CapabilityList(octets.span.bytes, list), at: range.lowerBound, message.time)
            }
        }
        guard let first = changes.first else { return nil }
        guard range.lowerBound >= self.flows.server.passed else {
            self.tellTooLate(.server, range.lowerBound, first.cause, message.time)
            return nil
        }
        for change in changes { self.downstream.event(.edit(change)) }
        return octets
    }

    /// Without it a client would send its password where the server asks it not to (RFC 9051 section 6.2.3).
    private static func hidesLoginDisabled(_ original: [UInt8], _ octets: [UInt8]) -> Bool {
        func has(_ octets: [UInt8]) -> Bool {
            guard let list = CapabilityLine.list(in: octets.span.bytes) else { return false }
            return CapabilityList(octets.span.bytes, list).contains("LOGINDISABLED")
        }
        return has(original) && !has(octets)
    }

    /// Whether TLS ends at imapscope on a leg, or may yet.
    var endsTLS: Bool {
        if self.options.upstream != .cleartext { return true }
        switch self.options.client {
        case .tls, .starttls(.offered), .starttls(.required): return true
        case .cleartext, .starttls(.never): return false
        }
    }

    /// Says once a session what a list means through an interceptor.
    private func explain(_ list: CapabilityList, at offset: UInt64, _ time: Timestamp) {
        let binding = list.words.filter { $0.hasPrefix("AUTH=") && $0.hasSuffix("-PLUS") }
        if self.endsTLS, !binding.isEmpty, !self.hasToldBinding {
            self.hasToldBinding = true
            self.tell(
                "channel-binding-offered",
                .info,
                .imapscope,
                .server,
                offset,
                "\(binding.joined(separator: " ")) is passed on as it came, but channel binding fails through an "
                    + "interceptor: the client binds to the TLS of imapscope, the server to its own; "
                    + ChannelBinding.survival + ", else let the client use a mechanism without -PLUS",
                "RFC 5802 section 6",
                time
            )
        }
        if self.options.upstream == .cleartext, self.rules.isTLS, list.contains("LOGINDISABLED"),
            !self.hasToldLoginDisabled
        {
            self.hasToldLoginDisabled = true
            self.tell(
                "upstream-needs-tls",
                .medium,
                .configuration,
                .server,
                offset,
                "the server takes no login on a cleartext connection (LOGINDISABLED), and the upstream leg is "
                    + "cleartext: give the upstream as imap+starttls:// or imaps://",
                "RFC 9051 section 6.2.3",
                time
            )
        }
    }

    func tell(
        _ id: String,
        _ severity: Severity,
        _ blame: Blame,
        _ direction: Direction,
        _ offset: UInt64,
        _ text: String,
        _ reference: String,
        _ time: Timestamp
    ) {
        let finding = Finding(
            id: id,
            severity: severity,
            blame: blame,
            direction: direction,
            offset: offset,
            text: text,
            reference: reference
        )
        self.report(finding, at: time)
    }
}
