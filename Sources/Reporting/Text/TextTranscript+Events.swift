import IMAPProtocol
import IMAPSession
import Traffic

extension TextTranscript {
    /// The first line of a session.
    ///
    ///     #3 127.0.0.1:51234 → imap.example.org:143   client cleartext · upstream cleartext · 2026-11-23T10:00:01.123Z
    func writeHeader(_ description: SessionDescription) {
        self.page.session = nil
        self.page.beginLine()
        self.page.role(.heading)
        self.page.append(endpointsOf: description)
        self.page.endRole()
        if description.upstreamLeg.isEmpty {
            self.page.append("   ")
            self.page.append(escaping: description.clientLeg)
        } else {
            self.page.append("   client ")
            self.page.append(escaping: description.clientLeg)
            self.page.append(" · upstream ")
            self.page.append(escaping: description.upstreamLeg)
        }
        self.page.append(" · ")
        self.page.write { $0.append(description.time, fraction: 3) }
        if self.revealsSecrets { self.page.append(" · SECRETS REVEALED") }
        if self.skipsVerification { self.page.append(" · SERVER NOT VERIFIED") }
        self.page.endLine()
    }

    /// Detail 0.
    func writeSessionLine(_ summary: SessionSummary, _ session: TextSession) {
        self.page.session = nil
        self.page.beginLine()
        self.page.role(.heading)
        self.page.append(endpointsOf: session.description)
        self.page.endRole()
        self.page.append("   ")
        self.page.append(escaping: summary.user ?? "no user")
        self.page.append(" · ")
        self.page.append(escaping: summary.state.rawValue)
        self.page.append(" · ")
        self.page.write { $0.append(duration: summary.ended.since(summary.began)) }
        self.page.append(" · ")
        self.page.append(totalsOf: summary)
        self.page.append(" · ")
        self.page.write { $0.append(session.description.time, fraction: 3) }
        if self.revealsSecrets { self.page.append(" · SECRETS REVEALED") }
        if self.skipsVerification { self.page.append(" · SERVER NOT VERIFIED") }
        self.page.endLine()
    }

    /// The last lines of a session at detail 2 and above.
    func writeEnd(_ summary: SessionSummary, _ session: TextSession) {
        let seconds = session.seconds(summary.ended)
        for direction in Direction.allCases where session.opaque[Int(direction.rawValue)] > 0 {
            self.page.beginLine(seconds: seconds, mark: "-- ")
            self.page.role(.note)
            self.page.write { $0.append(octets: session.opaque[Int(direction.rawValue)]) }
            self.page.append(" from the ")
            self.page.append(escaping: direction.name)
            self.page.append(" in a language that is not read here")
            self.page.endLine()
        }
        if let text = summary.compression.flatMap({ EventNotes.compression($0) }) {
            self.page.beginLine(seconds: seconds, mark: "-- ")
            self.page.role(.note)
            self.page.append(escaping: text)
            self.page.endLine()
        }
        self.page.beginLine(seconds: seconds, mark: "-- ")
        self.page.role(.note)
        self.page.append("session ended after ")
        self.page.write { $0.append(duration: summary.ended.since(summary.began)) }
        self.page.append(" · ")
        self.page.append(escaping: summary.user ?? "no user")
        self.page.append(" · ")
        self.page.append(escaping: summary.state.rawValue)
        self.page.append(" · ")
        self.page.append(totalsOf: summary)
        self.page.endLine()
    }

    /// Detail 1, the line of an exchange.
    ///
    ///       0.412 j LOGIN · note      OK  400 ms  ↑ 88 octets  ↓ 3.1 MB
    func write(_ exchange: Exchange, note: String?, _ session: TextSession) {
        let end = exchange.ended ?? exchange.sent
        self.page.beginLine(seconds: session.seconds(end), mark: "")
        self.page.role(.client)
        self.page.append(escaping: exchange.tag)
        self.page.append(" ")
        self.page.append(escaping: exchange.name)
        self.page.endRole()
        if let note, !note.isEmpty {
            self.page.role(.note)
            self.page.append(" · ")
            self.page.append(escaping: note)
            self.page.endRole()
        }
        let facts = String(rendering: { writer in
            writer.append(verbatim: exchange.status?.name ?? "unfinished")
            writer.append("  ")
            if let latency = exchange.latency {
                writer.append(duration: latency)
                writer.append("  ")
            }
            writer.append("↑ ")
            writer.append(octets: exchange.clientOctets)
            writer.append("  ↓ ")
            writer.append(octets: exchange.serverOctets)
        })
        self.page.moveRight(width: facts.unicodeScalars.count)
        self.page.role(exchange.status == .ok ? .server : .finding(.medium))
        self.page.append(escaping: facts)
        self.page.endLine()
    }

    /// Events other than those that begin or end something.
    func show(_ event: SessionEvent, _ session: TextSession) {
        switch event {
        case .authentication(let outcome):
            self.writeLine(EventNotes.parts(event).joined(separator: " · "), session, outcome.time)
        case .finding(let finding, let time):
            self.startLine(session)
            self.page.write(finding, seconds: session.seconds(time))
        case .stateChanged(_, _, _, let time) where self.detail >= .messages:
            let parts = EventNotes.parts(event)
            if !parts.isEmpty { self.writeLine(parts.joined(separator: " · "), session, time) }
        case .transportChange(let change) where self.detail >= .messages:
            self.writeLine(EventNotes.transport(change), session, change.time)
        case .tls(let change) where self.detail >= .messages:
            self.writeLine(EventNotes.tls(change), session, change.time)
        case .closed(let direction, let closing, let time) where self.detail >= .messages:
            let missing = session.missing[Int(direction.rawValue)]
            self.writeLine(EventNotes.closing(direction, closing, missing: missing), session, time)
        case .gap(let direction, _, let octets, let time) where self.detail >= .messages:
            self.writeLine(EventNotes.gap(direction, octets), session, time)
        case .edit(let edit) where self.detail >= .messages:
            self.write(edit, session)
        default:
            break
        }
    }

    private func startLine(_ session: TextSession) {
        self.speak(session)
        self.writeFolded(session)
        session.run.end()
    }

    private func writeLine(_ text: String, _ session: TextSession, _ time: Timestamp) {
        self.startLine(session)
        self.page.beginLine(seconds: session.seconds(time), mark: "-- ")
        self.page.role(.note)
        self.page.append(escaping: text)
        self.page.endLine()
    }

    private func write(_ edit: Edit, _ session: TextSession) {
        self.writeLine("edited, \(edit.direction.name) octet \(edit.offset): \(edit.cause)", session, edit.time)
        self.write(edit.before, mark: "- ", TextRole(edit.direction))
        self.write(edit.after, mark: "+ ", TextRole(edit.direction))
    }

    private func write(_ text: String, mark: StaticString, _ role: TextRole) {
        // What an edit inserts or removes may be several lines, or none.
        for line in text.split(whereSeparator: \.isNewline) {
            self.page.beginIndentedLine()
            self.page.append(mark)
            self.page.role(role)
            self.page.append(escaping: String(line))
            self.page.endLine()
        }
    }
}

extension TextPage {
    fileprivate mutating func append(endpointsOf description: SessionDescription) {
        self.write { writer in
            writer.append(UInt8(ascii: "#"))
            writer.append(decimal: description.connection.number)
            writer.append(UInt8(ascii: " "))
        }
        self.append(escaping: description.client.description)
        self.append(" → ")
        self.append(escaping: description.server.description)
    }

    fileprivate mutating func append(totalsOf summary: SessionSummary) {
        self.write { writer in
            writer.append(summary.exchanges, "exchange")
            writer.append(" · ↑ ")
            writer.append(octets: summary.clientOctets)
            writer.append("  ↓ ")
            writer.append(octets: summary.serverOctets)
            writer.append(" · ")
            writer.append(summary.findings, "finding")
        }
    }
}
